import { z } from "zod";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import { type Checked, checkRows, type RowFacts } from "../../../shared/features/checks/checkRows.ts";
import type { Violation } from "../../../shared/features/checks/violation.ts";
import type { ViewSchema } from "../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";

/** What a build checked: rows of all its views, their values, and those among them that are null. Part of its report. */
export const checkedSchema = z.strictObject({ rows: z.int(), values: z.int(), nulls: z.int() });
export const NOTHING_CHECKED: Checked = { rows: 0, values: 0, nulls: 0 };

export function addChecked(some: Checked, more: Checked): Checked {
  return { rows: some.rows + more.rows, values: some.values + more.values, nulls: some.nulls + more.nulls };
}

/**
 * Counts of rows that are sound. Throws data_check_failed with the rows that are not, and what is wrong with them: the task fails, and
 * neither they nor what was built with them is stored or served. It is thrown before anything is written.
 */
export function requireSound(instrument: Instrument, view: ViewSchema, rows: readonly FeatureRow[], facts: RowFacts): Checked {
  const { violations, ...checked } = checkRows(view, rows, facts);
  if (violations.length === 0) return checked;
  const told = violations.slice(0, MOST_TOLD).map(describe);
  const more = violations.length - told.length;
  throw new AppError(
    "data_check_failed",
    `Rows of ${view.name} of ${instrument} are not sound, and nothing of them is served. ${told.join(" ")}${more > 0 ? ` ${counted(more, "more feature")} ${byCount(more, "is", "are")}.` : ""} ${adviceOf(view)}`,
    { details: { view: view.name, instrument, violations: violations.map(detailsOf) } },
  );
}

const MOST_TOLD = 3;

function describe({ check, feature, problem, count, rows }: Violation): string {
  const at = rows.map(({ event_time, value }) => `${toIso(event_time)}${value === null ? "" : ` (${value})`}`).join(", ");
  const where = rows.length === 0 ? "" : `: ${at}${count > rows.length ? ` and ${count - rows.length} more` : ""}`;
  return `${check}: ${feature === null ? "" : `${feature} `}${problem}${where}.`;
}

function detailsOf({ rows, ...violation }: Violation) {
  return { ...violation, rows: rows.map(({ event_time, value }) => ({ event_time: toIso(event_time), value: valueText(value) })) };
}

/** JSON has no infinities. */
function valueText(value: number | null): number | string | null {
  return value === null || Number.isFinite(value) ? value : String(value);
}

/** A row that is not sound has a broken input, or its formula is. */
function adviceOf({ source }: ViewSchema): string {
  if (source === "bars") {
    return "Look at the bars of that time and before. A wrong one is corrected by npm run fx -- import candles FILE --replace, and the next run builds what hangs on it.";
  }
  return "Look at what they are made of; once that is put right, the next run builds them again.";
}
