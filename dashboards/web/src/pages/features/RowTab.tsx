import { place, setQuery } from "../../state/address.ts";
import { chooseInstrument, chosen, chosenMoment, instrument, instruments } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice, Switch } from "../../ui/Choice.tsx";
import { MomentField } from "../../ui/MomentField.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { Time } from "../../ui/Time.tsx";
import { BarsBehind } from "./BarsBehind.tsx";
import { barsRead } from "./barsRead.ts";
import { BARS_ID, RowTable } from "./RowTable.tsx";
import { useCatalogue, type View } from "./useCatalogue.ts";

const HOUR = 3_600_000;
const BARS = ["24", "60", "120", "240"] as const;
const RECORDS = ["now", "past"] as const;
const RECORD_TEXTS = { now: "by what is recorded now", past: "by what was recorded then" } as const;

/** The row of any pair and moment, as it could be known then, beside the one that is served now, with the bars behind it. */
export function RowTab() {
  const answer = useCatalogue();
  return (
    <Answered answer={answer} height={400}>
      {({ views }) => <Row views={views.filter(hasRowsToAsk)} />}
    </Answered>
  );
}

/** An article's views have no row of a pair, and what wants a quote cannot be asked for without one. */
function hasRowsToAsk({ kind, request_fields }: View): boolean {
  return kind !== "articles" && request_fields.length === 0;
}

function Row({ views }: { readonly views: readonly View[] }) {
  const pair = instrument.value || (instruments.value[0] ?? "");
  const newest = Math.floor(now.value / HOUR) * HOUR;
  const at = chosenMoment("at") ?? newest;
  const names = views.map(({ name }) => name);
  const of = chosen("of", names, names.includes("combined_features") ? "combined_features" : (names[0] ?? ""));
  const record = chosen("record", RECORDS, "now");
  const bars = Number(chosen("bars", BARS, "60"));
  const words = place.value.query.get("q") ?? "";
  const view = views.find(({ name }) => name === of);
  if (pair === "" || view === undefined) return <p class="empty">This installation has no pair yet: INSTRUMENTS names them.</p>;
  const marked = view.features.find(({ name }) => name === place.value.query.get("feature"));
  const reads = marked === undefined ? null : barsRead(marked, pair);
  const chooseMoment = (moment: number | null) => setQuery({ at: moment === null ? null : new Date(moment).toISOString() });
  return (
    <>
      <Card
        title={
          <>
            {pair} at <Time at={at} />
          </>
        }
        is_wide
      >
        <search class="features-filter">
          <Choice
            label="Pair"
            value={pair}
            options={(instruments.value.length === 0 ? [pair] : instruments.value).map((value) => ({ value, text: value }))}
            onChoose={chooseInstrument}
          />
          <MomentField at={at} onChoose={chooseMoment} />
          <span class="features-steps">
            <button type="button" class="button button-small" onClick={() => chooseMoment(at - HOUR)}>
              an hour earlier
            </button>
            <button type="button" class="button button-small" disabled={at + HOUR > now.value} onClick={() => chooseMoment(at + HOUR)}>
              an hour later
            </button>
            <button type="button" class="button button-small" disabled={at === newest} onClick={() => chooseMoment(null)}>
              the newest
            </button>
          </span>
          <Choice
            label="View"
            value={of}
            options={names.map((value) => ({ value, text: value }))}
            onChoose={(value) => setQuery({ of: value === "combined_features" ? null : value, feature: null })}
          />
          <SearchField
            label="Feature"
            value={words}
            hint="part of its name"
            onSearch={(said) => setQuery({ q: said === "" ? null : said }, { replace: true })}
          />
          <Switch
            label="Which record"
            value={record}
            options={RECORDS.map((value) => ({ value, text: RECORD_TEXTS[value] }))}
            onChoose={(value) => setQuery({ record: value === "now" ? null : value })}
          />
        </search>
        {record === "past" && (
          <p class="quiet">
            As this store had recorded it by that moment: what came in later, a backfill of the past included, is left out, so that a moment
            before this store was filled has nothing.
          </p>
        )}
      </Card>
      <Card
        title={<span id={BARS_ID}>The bars behind it</span>}
        about={
          reads === null
            ? "Hourly bars that were over at that moment. Press “bars” beside a feature to see which of them it reads."
            : `The last ${reads.lookback === 1 ? "one" : reads.lookback} of ${listOf(reads.pairs)} ${reads.lookback === 1 ? "is" : "are"} what ${reads.name} reads.`
        }
        actions={
          <Switch
            label="How many bars"
            value={String(bars) as (typeof BARS)[number]}
            options={BARS.map((value) => ({ value, text: `${value} bars` }))}
            onChoose={(value) => setQuery({ bars: value === "60" ? null : value })}
          />
        }
        is_wide
      >
        {(reads?.pairs ?? [pair]).map((read) => (
          <div key={read}>
            {reads !== null && <h3>{read}</h3>}
            <BarsBehind pair={read} at={at} bars={Math.max(bars, reads?.lookback ?? 0)} marked={reads} />
          </div>
        ))}
      </Card>
      <Card
        title="The row"
        about="What could be known at that moment, as a training set has it, beside what is served online now. A value that is not known is a dash: nothing is filled in."
        is_wide
      >
        <RowTable view={view} pair={pair} at={at} record={record} words={words} marked={marked?.name ?? null} />
      </Card>
    </>
  );
}

/** A; A and B; A, B and C. */
function listOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter((part) => part !== "").join(" and ");
}
