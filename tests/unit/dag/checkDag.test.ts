import { describe, expect, it } from "vitest";
import { checkDag } from "../../../shared/dag/checkDag.ts";
import type { DagDefinition, TaskDefinition } from "../../../shared/dag/dag.ts";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";

const dagOf = (tasks: (Partial<TaskDefinition> & { task_id: string })[], over: Partial<DagDefinition> = {}): DagDefinition => ({
  ...defineDag({ dag_id: "d", description: "", schedule: null, tasks: tasks.map((task) => defineTask(task)) }),
  ...over,
});
const check = (dag: DagDefinition) => checkDag(dag);

describe("checkDag", () => {
  it("passes a task that is never tried again, and one whose delay does not grow", () => {
    expect(check(dagOf([{ task_id: "x", retries: 0, retry_delay_ms: 9, max_retry_delay_ms: 9 }]))).toEqual([]);
  });

  it.each([
    ["in none", null, { wide: { slots: 1, include_deferred: false } }, []],
    ["in one that is there", "wide", { wide: { slots: 1, include_deferred: false } }, []],
    ["in one that is not known", "narrow", { wide: { slots: 1, include_deferred: false } }, ['d.x: its pool "narrow" is not known']],
    [
      "in one without slots",
      "wide",
      { wide: { slots: 0, include_deferred: false } },
      ['d.x: its pool "wide" must have at least 1 slot, had 0'],
    ],
    ["in any, where pools are not looked at", "narrow", undefined, []],
  ])("of a task %s", (_where, pool, pools, problems) => {
    expect(checkDag(dagOf([{ task_id: "x", pool }]), pools)).toEqual(problems);
  });

  it("passes a sound DAG", () => {
    expect(check(dagOf([{ task_id: "x" }, { task_id: "y", upstream: ["x"], trigger_rule: "one_failed" }]))).toEqual([]);
  });

  it.each([
    ["no tasks", dagOf([]), ["d: it has no tasks"]],
    ["a repeated id", dagOf([{ task_id: "x" }, { task_id: "x" }]), ['d: two tasks are named "x"']],
    ["an unknown upstream", dagOf([{ task_id: "x", upstream: ["w"] }]), ['d.x: its upstream "w" is not a task of this DAG']],
    [
      "an unknown upstream of one of several, and no cycle, which cannot be told apart from it",
      dagOf([{ task_id: "x", upstream: ["w"] }, { task_id: "y" }]),
      ['d.x: its upstream "w" is not a task of this DAG'],
    ],
    ["a repeated upstream", dagOf([{ task_id: "x" }, { task_id: "y", upstream: ["x", "x"] }]), ['d.y: its upstream "x" is named twice']],
    ["a loop of one", dagOf([{ task_id: "x", upstream: ["x"] }]), ["d: tasks wait for each other in a cycle: x"]],
    [
      "a cycle and its downstream",
      dagOf([{ task_id: "w" }, { task_id: "x", upstream: ["w", "y"] }, { task_id: "y", upstream: ["x"] }]),
      ["d: tasks wait for each other in a cycle: x, y"],
    ],
    [
      "a rule without upstream",
      dagOf([{ task_id: "x", trigger_rule: "one_failed" }]),
      ["d.x: trigger rule one_failed needs an upstream task"],
    ],
    [
      "skip_when on a stranger",
      dagOf([{ task_id: "x" }, { task_id: "y", skip_when: [{ upstream: "x", fact: "written", equals: 0 }] }]),
      ['d.y: skip_when looks at "x", which is not upstream of it'],
    ],
    ["negative retries", dagOf([{ task_id: "x", retries: -1 }]), ["d.x: retries must be 0 or more, was -1"]],
    [
      "a cap below the delay",
      dagOf([{ task_id: "x", retry_delay_ms: 9, max_retry_delay_ms: 8 }]),
      ["d.x: max_retry_delay_ms is less than retry_delay_ms"],
    ],
    [
      "a dimension that is not known",
      dagOf([{ task_id: "x", map_over: "planet" as never }]),
      ['d.x: map_over must be null or one of instrument, source, was "planet"'],
    ],
    ["no timeout", dagOf([{ task_id: "x", timeout_ms: 0 }]), ["d.x: timeout_ms must be at least 1, was 0"]],
    [
      "a sensor that never looks",
      dagOf([{ task_id: "x", sensor: { poke_interval_ms: 0, timeout_ms: 1, soft_fail: true } }]),
      ["d.x: the poke interval and the timeout of its sensor must be at least 1 ms"],
    ],
    [
      "a deadline that is past at once",
      dagOf([{ task_id: "x" }], { deadline: { reference: "queued_at", after_ms: 0 } }),
      ["d: its deadline must be at least 1 ms away"],
    ],
    ["no active runs", dagOf([{ task_id: "x" }], { max_active_runs: 0 }), ["d: max_active_runs must be at least 1, was 0"]],
  ])("names %s", (_what, dag, problems) => {
    expect(check(dag)).toEqual(problems);
  });
});
