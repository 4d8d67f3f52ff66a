import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineDag, defineTask } from "../../../shared/domain/dag.ts";
import { affectedBy, ancestorsOf, leavesOf, rootsOf, topologicalOrder } from "../../../shared/domain/dagGraph.ts";

const dag = defineDag({
  dag_id: "d",
  description: "",
  schedule: null,
  tasks: [
    defineTask({ task_id: "fan", mapped: true, upstream: ["join"] }),
    defineTask({ task_id: "join", upstream: ["y"] }),
    defineTask({ task_id: "y", mapped: true, upstream: ["x"] }),
    defineTask({ task_id: "x", mapped: true }),
    defineTask({ task_id: "alone", upstream: ["x"], trigger_rule: "always" }),
  ],
});

describe("the graph of a DAG", () => {
  it("knows ancestors, leaves and roots", () => {
    expect([...ancestorsOf(dag, "fan")].sort()).toEqual(["join", "x", "y"]);
    expect(leavesOf(dag)).toEqual(["fan", "alone"]);
    expect(rootsOf(dag)).toEqual(["x", "alone"]);
  });

  it("narrows what a mapped task affects to its own key, up to the first unmapped task", () => {
    expect(affectedBy(dag, "x").map(({ task, same_key }) => [task.task_id, same_key])).toEqual([
      ["y", true],
      ["alone", false],
      ["join", false],
      ["fan", false],
    ]);
    expect(affectedBy(dag, "absent")).toEqual([]);
  });

  it("orders every task after its upstreams", () => {
    const order = fc
      .array(fc.uniqueArray(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
      .map((upstreams) =>
        upstreams
          .map((upstream, index) =>
            defineTask({ task_id: `t${index}`, upstream: upstream.filter((other) => other < index).map((other) => `t${other}`) }),
          )
          .reverse(),
      );
    fc.assert(
      fc.property(order, (tasks) => {
        const ids = topologicalOrder(tasks).map((task) => task.task_id);
        expect(ids).toHaveLength(tasks.length);
        for (const task of tasks) for (const id of task.upstream) expect(ids.indexOf(id)).toBeLessThan(ids.indexOf(task.task_id));
      }),
    );
  });
});
