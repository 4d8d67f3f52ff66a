import { setQuery } from "../../state/address.ts";
import { now } from "../../state/now.ts";
import { Choice, Switch } from "../../ui/Choice.tsx";
import { MomentField } from "../../ui/MomentField.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { ENGINES } from "./directionText.ts";
import type { NewsSpan } from "./spanOf.ts";

export interface NewsQuery {
  readonly words: string;
  readonly source: string;
  readonly engine: string;
  readonly currency: string;
}

const anyOf = (values: readonly string[], textOf = (value: string) => value) => [
  { value: "", text: "all" },
  ...values.map((value) => ({ value, text: textOf(value) })),
];

/** What of the news is shown; all of it stands in the address. */
export function NewsFilter<Days extends string>({
  query: { words, source, engine, currency },
  days,
  all_days,
  relevant,
  span,
  sources,
  currencies,
}: {
  readonly query: NewsQuery;
  readonly days: Days;
  readonly all_days: readonly Days[];
  readonly relevant: "traded" | "all";
  readonly span: NewsSpan;
  readonly sources: readonly string[];
  readonly currencies: readonly string[];
}) {
  const iso = (at: number) => new Date(at).toISOString();
  return (
    <search class="news-filter">
      <Switch
        label="How far back"
        value={days}
        options={all_days.map((value) => ({ value, text: value === "1" ? "a day" : `${value} days` }))}
        onChoose={(value) => setQuery({ days: value === "7" ? null : value, from: null })}
      />
      <MomentField label="From (UTC)" at={span.from} onChoose={(at) => setQuery({ from: iso(at) })} />
      <MomentField label="to (UTC)" at={span.to ?? now.value} onChoose={(at) => setQuery({ to: iso(at) })} />
      {span.to !== null && (
        <button type="button" class="button button-small" onClick={() => setQuery({ to: null })}>
          until now
        </button>
      )}
      <Choice label="Source" value={source} options={anyOf(sources)} onChoose={(value) => setQuery({ source: value || null })} />
      <Choice
        label="Read by"
        value={engine}
        options={anyOf(Object.keys(ENGINES), (value) => ENGINES[value]!.name)}
        onChoose={(value) => setQuery({ engine: value || null })}
      />
      <Choice label="Currency" value={currency} options={anyOf(currencies)} onChoose={(value) => setQuery({ currency: value || null })} />
      <Choice
        label="About"
        value={relevant}
        options={[
          { value: "traded", text: "traded currencies" },
          { value: "all", text: "anything" },
        ]}
        onChoose={(value) => setQuery({ relevant: value === "traded" ? null : value })}
      />
      <SearchField
        label="Search"
        value={words}
        hint="headline or term"
        onSearch={(said) => setQuery({ q: said === "" ? null : said }, { replace: true })}
      />
    </search>
  );
}
