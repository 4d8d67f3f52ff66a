import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { affectedBy, ancestorsOf, crossedBy, rootsOf, topologicalOrder } from "../../../shared/dag/dagGraph.ts";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";

const dag = defineDag({
  dag_id: "d",
  description: "",
  schedule: null,
  tasks: [
    defineTask({ task_id: "fan", map_over: "instrument", upstream: ["join"] }),
    defineTask({ task_id: "join", upstream: ["y"] }),
    defineTask({ task_id: "y", map_over: "instrument", upstream: ["x"] }),
    defineTask({ task_id: "x", map_over: "instrument" }),
    defineTask({ task_id: "alone", upstream: ["x"], trigger_rule: "always" }),
  ],
});

describe("the graph of a DAG", () => {
  it("knows ancestors and roots", () => {
    expect([...ancestorsOf(dag, "fan")].sort()).toEqual(["join", "x", "y"]);
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

  it("does not narrow across dimensions, nor after coming back from one", () => {
    const over = (task_id: string, map_over: "instrument" | "source", upstream: string[] = []) =>
      defineTask({ task_id, map_over, upstream });
    const tasks = [over("x", "instrument"), over("y", "source", ["x"]), over("z", "instrument", ["y"]), over("w", "instrument", ["x"])];
    const crossed = defineDag({ dag_id: "d", description: "", schedule: null, tasks });
    expect(affectedBy(crossed, "x").map(({ task, same_key }) => [task.task_id, same_key])).toEqual([
      ["y", false],
      ["w", true],
      ["z", false],
    ]);
    expect(crossedBy(crossed, tasks[2]!, ["x", "y"])).toEqual(["y"]);
    // With one upstream of its own key and one of any, every key of it may change.
    const both = defineDag({ dag_id: "d", description: "", schedule: null, tasks: [...tasks, over("v", "instrument", ["w", "z"])] });
    expect(affectedBy(both, "x").find(({ task }) => task.task_id === "v")?.same_key).toBe(false);
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
