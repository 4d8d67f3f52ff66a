import { describe, expect, it } from "vitest";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import { deadlineOf, renewedDeadline } from "../../../shared/dag/deadline.ts";
import { defineDag } from "../../../shared/dag/defineDag.ts";
import { isFailed } from "../../../shared/dag/taskState.ts";
import { HOUR } from "../../../shared/domain/instant.ts";

const END = Date.UTC(2025, 5, 27);
const NOW = END + 5 * HOUR;
const dagOf = (deadline: DagDefinition["deadline"]): DagDefinition => ({
  ...defineDag({ dag_id: "d", description: "", schedule: null, tasks: [] }),
  deadline,
});

describe("the deadline of a run", () => {
  it.each<[string, DagDefinition["deadline"], string, number | null, number | null]>([
    ["is none where the DAG has none", null, "scheduled", null, null],
    ["counts from where it is queued, opened again too", { reference: "queued_at", after_ms: HOUR }, "manual", NOW + HOUR, NOW + HOUR],
    ["counts from the end of a scheduled interval, once", { reference: "interval_end", after_ms: HOUR }, "scheduled", END + HOUR, null],
    ["is none of an interval that was not scheduled", { reference: "interval_end", after_ms: HOUR }, "backfill", null, null],
  ])("%s", (_what, deadline, run_type, expected, renewed) => {
    expect(deadlineOf(dagOf(deadline), run_type, END, NOW)).toBe(expected);
    expect(renewedDeadline(dagOf(deadline), NOW)).toBe(renewed);
  });
});

describe("isFailed", () => {
  it.each([
    ["failed", true],
    ["upstream_failed", true],
    ["running", false],
    ["skipped", false],
    [null, false],
  ] as const)("of %s is %s", (state, expected) => {
    expect(isFailed(state)).toBe(expected);
  });
});
