import { numberOf } from "../../format/number.ts";

/** Facts by name, as a task reported them or a run was given them. What is nested is shown as JSON. */
export function Report({ of }: { readonly of: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(of);
  if (entries.length === 0) return <p class="quiet">It reported nothing.</p>;
  return (
    <dl class="report">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name.replaceAll("_", " ")}</dt>
          <dd>{shown(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: unknown) {
  if (value === null || value === undefined) return <span class="missing">–</span>;
  if (typeof value === "number") return <span class="number">{numberOf(value, { digits: digitsOf(value) })}</span>;
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  const text = JSON.stringify(value, null, 2);
  return text.length <= 60 ? <code>{JSON.stringify(value)}</code> : <pre class="report-nested">{text}</pre>;
}

const MOST_DIGITS = 6;

function digitsOf(value: number): number {
  return Number.isInteger(value) ? 0 : Math.min(MOST_DIGITS, (String(value).split(".")[1] ?? "").length);
}
