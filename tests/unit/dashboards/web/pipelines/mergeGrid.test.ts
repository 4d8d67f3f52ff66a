import { describe, expect, it } from "vitest";
import { mergeGrid } from "../../../../../dashboards/web/src/pages/pipelines/mergeGrid.ts";
import type { DagGrid, GridRunView } from "../../../../../shared/contracts/dagGrid.ts";

const taskOf = (task_id: string, is_defined = true) => ({ task_id, upstream: [], is_mapped: false, is_defined });

function runOf(hour: number, states: GridRunView["states"], id = `run_${String(hour).padStart(2, "0")}`): GridRunView {
  const end = `2026-01-31T${String(hour).padStart(2, "0")}:00:00Z`;
  return {
    ...{ dag_run_id: id, run_type: "scheduled", state: "success", logical_date: null, backfill_id: null, is_late: false },
    ...{ data_interval_start: end, data_interval_end: end, queued_at: end, start_date: end, end_date: end },
    states,
    counts: states.map(() => null),
    try_number: states.map((_, place) => place + 1),
    start_s: states.map((_, place) => place),
    end_s: states.map((_, place) => place),
  };
}

function gridOf(tasks: DagGrid["tasks"], runs: GridRunView[], next_since: string | null = null): DagGrid {
  return { dag_id: "a", tasks, runs, next_before: null, next_since };
}

const ids = ({ runs }: DagGrid) => runs.map(({ dag_run_id }) => dag_run_id);

describe("mergeGrid", () => {
  const tasks = [taskOf("x"), taskOf("y")];

  it("is the answer where nothing was known", () => {
    const news = gridOf(tasks, [runOf(1, ["success", "success"])]);
    expect(mergeGrid(undefined, news, 10)).toBe(news);
  });

  it("takes what changed, and keeps the very objects of what did not", () => {
    const known = gridOf(tasks, [runOf(2, ["running", null]), runOf(1, ["success", "success"])], "2026-01-31T01:00:00Z");
    const merged = mergeGrid(known, gridOf(tasks, [runOf(3, ["running", null]), runOf(2, ["success", "failed"])]), 10);
    expect(ids(merged)).toEqual(["run_03", "run_02", "run_01"]);
    expect(merged.runs[1]!.states).toEqual(["success", "failed"]);
    expect(merged.runs[2]).toBe(known.runs[1]);
    expect(merged.next_since).toBe("2026-01-31T01:00:00Z");
  });

  it("leaves out the oldest beyond the limit", () => {
    const known = gridOf(tasks, [runOf(2, ["success", "success"]), runOf(1, ["success", "success"])]);
    expect(ids(mergeGrid(known, gridOf(tasks, [runOf(3, ["running", null])]), 2))).toEqual(["run_03", "run_02"]);
  });

  it("orders by the end of the interval, and by the id where that is the same, as the server does", () => {
    const known = gridOf(tasks, [runOf(5, [null, null], "b"), runOf(4, [null, null], "z")]);
    const late = gridOf(tasks, [runOf(5, [null, null], "a"), runOf(1, [null, null], "old")]);
    expect(ids(mergeGrid(known, late, 10))).toEqual(["a", "b", "z", "old"]);
  });

  it("brings the lists of all runs into one order when a task has come or gone", () => {
    const known = gridOf([taskOf("x"), taskOf("gone")], [runOf(1, ["success", "failed"])]);
    const merged = mergeGrid(known, gridOf([taskOf("new"), taskOf("x")], [runOf(2, ["running", "success"])]), 10);
    expect(merged.tasks.map(({ task_id, is_defined }) => [task_id, is_defined])).toEqual([
      ["new", true],
      ["x", true],
      ["gone", false],
    ]);
    expect(merged.runs.map(({ states }) => states)).toEqual([
      ["running", "success", "absent"],
      ["absent", "success", "failed"],
    ]);
    expect(merged.runs[1]!.try_number).toEqual([0, 1, 2]);
    expect(merged.runs[1]!.start_s).toEqual([null, 0, 1]);
  });
});
