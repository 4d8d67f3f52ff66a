import { renderTable } from "../../functions/local/text/table.ts";
import type { Measured, Section } from "./section.ts";

export interface Outcome {
  readonly section: Section;
  readonly measured: readonly Measured[];
  readonly error: Error | null;
  readonly seconds: number;
}

const COLUMNS = [{ title: "work" }, { title: "peer" }, { title: "budget" }, { title: "measured here" }] as const;

/** One section by itself, as it ends. */
export function renderOutcome(outcome: Outcome): string {
  return outcome.section.run === null ? "" : ["", ...tableLines([outcome])].join("\n");
}

/** The table of architecture.md's budgets, then what went wrong. */
export function renderOutcomes(outcomes: readonly Outcome[]): string {
  const errors = outcomes.flatMap(({ section, error }) => (error ? [`\n${section.name} failed: ${error.stack ?? error.message}`] : []));
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
  return ["", ...tableLines(outcomes), "", `All sections: ${total.toFixed(0)} s`, ...errors].join("\n");
}

/** A section's heading goes over the columns, so that it makes none of them wider. */
function tableLines(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.map(rowsOf);
  const [titles = "", rule = "", ...lines] = renderTable(COLUMNS, rows.flat()).split("\n");
  let at = 0;
  const blocks = outcomes.flatMap((outcome, index) => {
    const count = rows[index]!.length;
    const block = lines.slice(at, at + count);
    at += count;
    return [...headingOf(outcome), ...block];
  });
  return [titles, rule, ...blocks];
}

function headingOf({ section, measured }: Outcome): string[] {
  const { work, note } = section;
  return measured.length === 0 ? [] : [note === undefined ? work : `${work} (${note})`];
}

function rowsOf({ section, measured, error }: Outcome): string[][] {
  const { work, peer, budget } = section;
  if (section.run === null) return [[work, peer, budget, "not yet (later issue)"]];
  const rows = measured.map((row) => [`  ${row.label}`, row.peer ?? peer, row.budget ?? budget, row.text]);
  return error ? [...rows, [rows.length > 0 ? "  the rest" : work, peer, budget, "FAILED, see below"]] : rows;
}

export function toJson({ section, measured, error, seconds }: Outcome): Record<string, unknown> {
  const { name, work, peer, budget, run } = section;
  return { name, work, peer, budget, exists: run !== null, seconds, error: error?.message ?? null, measured };
}
