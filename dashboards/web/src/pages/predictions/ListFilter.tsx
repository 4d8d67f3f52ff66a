import { place, setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { Switch } from "../../ui/Choice.tsx";

export const SOURCES = ["all", "pipeline", "user"] as const;
type SourceName = (typeof SOURCES)[number];

const WORDS: Readonly<Record<SourceName, string>> = { all: "all", pipeline: "by the pipeline", user: "by users" };

/** Which answers are listed. Another choice begins with the newest of them again. */
export function ListFilter() {
  const source = chosen<SourceName>("source", SOURCES, "all");
  return (
    <div class="predictions-filter">
      <Switch<SourceName>
        label="Asked by"
        value={source}
        options={SOURCES.map((value) => ({ value, text: WORDS[value] }))}
        onChoose={(value) => setQuery({ source: value === "all" ? null : value, cursor: null })}
      />
      <Day name="from" text="answered on or after (UTC day)" />
      <Day name="to" text="before (UTC day)" />
    </div>
  );
}

function Day({ name, text }: { readonly name: "from" | "to"; readonly text: string }) {
  const said = place.value.query.get(name) ?? "";
  return (
    <label class="predictions-day">
      {text}
      <input
        type="date"
        value={said.slice(0, 10)}
        onChange={(event) => setQuery({ [name]: event.currentTarget.value || null, cursor: null })}
      />
    </label>
  );
}
