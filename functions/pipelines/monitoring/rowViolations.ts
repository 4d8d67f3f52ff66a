import { DAY, type Instant, toIso } from "../../../shared/domain/instant.ts";
import { checkRows } from "../../../shared/features/checks/checkRows.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { referenceOf, type ViewSchema } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import type { Ports } from "../ports.ts";

type Found = Pick<Observation, "value" | "n" | "details" | "reason">;

/** Of a row that is looked at without those beside it. */
const ALONE = { expected: 1, before: null };

/** Rows of the last day, of silver and of gold, that are not as the schema of their view has them: as every build checks what it writes. */
export async function rowViolations(ports: Ports, instrument: string, at: Instant): Promise<readonly [silver: Found, gold: Found]> {
  return [await violationsOf(ports, instrument, SILVER_VIEWS, at), await violationsOf(ports, instrument, modelViews(ports.config), at)];
}

async function violationsOf(ports: Ports, instrument: string, views: readonly ViewSchema[], at: Instant): Promise<Found> {
  const found = await Promise.all(
    views.map(async (view) => {
      const rows = await ports.features.read(instrument, referenceOf(view), { start: at - DAY, end: at }, at);
      const { violations } = checkRows(view, rows, { expected: rows.length, before: null });
      // A violation names the first of its rows alone: which of all rows are bad, each says by itself.
      const bad = violations.length === 0 ? [] : rows.filter((row) => checkRows(view, [row], ALONE).violations.length > 0);
      const count = violations.reduce((most, one) => Math.max(most, one.count), bad.length);
      const named = violations.map(
        ({ feature, problem, rows: [row] }) => `${view.name}: ${feature ?? ""} ${problem}${row ? ` (${toIso(row.event_time)})` : ""}`,
      );
      return { rows: rows.length, count, named };
    }),
  );
  const total = (of: (one: (typeof found)[number]) => number) => found.reduce((sum, one) => sum + of(one), 0);
  const n = total(({ rows }) => rows);
  if (n === 0) return { value: null, n, reason: "no row of the last day is stored" };
  return {
    value: total(({ count }) => count),
    n,
    details: { named: found.flatMap(({ named }) => named).slice(0, 8) },
  };
}
