import { z } from "zod";
import { byCount } from "../../domain/byCount.ts";
import { counted } from "../../domain/counted.ts";
import { toIso } from "../../domain/instant.ts";
import type { Verdict } from "../verdict.ts";
import type { RebuiltRows, RowDifference } from "./rebuildRows.ts";

/** Differences that are kept, so that those of a wholly wrong set fit into a task's cursor and a tag. */
const KEPT = 24;
const NAMED = 6;
/** Relative difference below which it is the engine's arithmetic that differs, and not what went into it. */
const LAST_DIGITS = 1e-9;

/** The sum over the parts of a sample that were rebuilt so far. JSON only. */
export const rebuildTallySchema = z.strictObject({
  rows: z.int(),
  joined_later: z.int(),
  equal: z.record(z.string(), z.int()),
  /** Rows in which each feature or column of the label differs. */
  differing: z.record(z.string(), z.int()),
  /** No more than differ in their last digits. */
  only_last_digits: z.boolean(),
  examples: z.array(
    z.strictObject({ name: z.string(), event_time: z.int(), stored: z.number().nullable(), rebuilt: z.number().nullable() }),
  ) satisfies z.ZodType<RowDifference[]>,
});
export type RebuildTally = z.infer<typeof rebuildTallySchema>;

export const EMPTY_TALLY: RebuildTally = { rows: 0, joined_later: 0, equal: {}, differing: {}, only_last_digits: true, examples: [] };

export function addToTally(tally: RebuildTally, { rows, joined_later, equal, differences }: RebuiltRows): RebuildTally {
  const counts: Record<string, number> = {};
  for (const { name } of differences) counts[name] = (counts[name] ?? 0) + 1;
  const seen = new Set(tally.examples.map(({ name }) => name));
  const fresh = differences.filter(({ name }) => !seen.has(name) && seen.add(name));
  return {
    rows: tally.rows + rows,
    joined_later: tally.joined_later + joined_later,
    equal: added(tally.equal, equal),
    differing: added(tally.differing, counts),
    only_last_digits: tally.only_last_digits && differences.every(isOfLastDigits),
    examples: [...tally.examples, ...fresh].slice(0, KEPT),
  };
}

/** Passes when every value of every sampled row is what its formula gives from what was known then. What is not is named. */
export function rebuildCheck(tally: RebuildTally, unknown: readonly string[]): Verdict {
  const names = Object.entries(tally.differing).sort(([, a], [, b]) => b - a);
  const passed = tally.rows > 0 && names.length === 0 && unknown.length === 0;
  if (passed) return { name: "rebuild_check", passed, detail: describeEqual(tally) };
  const parts = [
    ...(unknown.length > 0 ? [`no formula of the registry makes ${listed(unknown)}`] : []),
    ...(tally.rows === 0 ? ["no row could be rebuilt"] : []),
    ...(names.length > 0 ? [describeDifferences(tally, names)] : []),
  ];
  return { name: "rebuild_check", passed, detail: parts.join("; ") };
}

function describeEqual({ rows, joined_later, equal }: RebuildTally): string {
  const later = joined_later > 0 ? `, ${joined_later} of them with the row of an earlier hour` : "";
  return `${counted(rows, "row")} rebuilt from what was known at each ${byCount(rows, "is", "are")} equal bit for bit in ${counted(Object.keys(equal).length, "feature")} and the label${later}`;
}

function describeDifferences(tally: RebuildTally, names: readonly (readonly [string, number])[]): string {
  const described = names.slice(0, NAMED).map(([name, rows]) => {
    const example = tally.examples.find((difference) => difference.name === name);
    return `${name} in ${rows}${example ? ` (${toIso(example.event_time)}: stored ${example.stored}, rebuilt ${example.rebuilt})` : ""}`;
  });
  const others = names.length > NAMED ? andOthers(names) : "";
  const hint = tally.only_last_digits ? ". Only last digits differ, as after a change of runtime: build the features again and train" : "";
  return `of ${counted(tally.rows, "row")} rebuilt from what was known at each, these differ: ${described.join(", ")}${others}${hint}`;
}

function isOfLastDigits({ stored, rebuilt }: RowDifference): boolean {
  if (stored === null || rebuilt === null) return false;
  return Math.abs(stored - rebuilt) <= LAST_DIGITS * Math.max(Math.abs(stored), Math.abs(rebuilt));
}

function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(", ");
  return names.length > NAMED ? `${shown}${andOthers(names)}` : shown;
}

function andOthers({ length }: readonly unknown[]): string {
  return ` and ${counted(length - NAMED, "other")}`;
}
