import { describe, expect, it } from "vitest";
import { type GraphTask, layoutGraph } from "../../../../../dashboards/web/src/pages/pipelines/layoutGraph.ts";
import { ALL_DAGS } from "../../../../../functions/pipelines/all.ts";

const task = (task_id: string, ...upstream: string[]): GraphTask => ({ task_id, upstream });

function crossings(tasks: readonly GraphTask[]): number {
  const steps = layoutGraph(tasks).lines.flatMap(({ points }) => points.slice(1).map((point, place) => [points[place]!, point] as const));
  let count = 0;
  for (const [index, [a, b]] of steps.entries()) {
    for (const [c, d] of steps.slice(index + 1)) if (a.column === c.column && (a.row - c.row) * (b.row - d.row) < 0) count += 1;
  }
  return count;
}

describe("layoutGraph", () => {
  it("puts each task in the layer behind the last that it waits for", () => {
    const { boxes, columns, rows } = layoutGraph([task("a"), task("b", "a"), task("c", "a", "b"), task("d")]);
    expect(boxes.map(({ task_id, column }) => [task_id, column])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 2],
      ["d", 0],
    ]);
    expect({ columns, rows }).toEqual({ columns: 3, rows: 2 });
  });

  it("keeps a place free in each layer that a line passes, so that it runs through no box", () => {
    const { boxes, lines } = layoutGraph([task("a"), task("b", "a"), task("c", "a", "b")]);
    const long = lines.find(({ from, to }) => from === "a" && to === "c")!;
    expect(long.points.map(({ column }) => column)).toEqual([0, 1, 2]);
    const at = ({ column, row }: { column: number; row: number }) => `${column} ${row}`;
    expect(boxes.map(at)).not.toContain(at(long.points[1]!));
  });

  it("orders layers so that lines do not cross where they need not", () => {
    expect(crossings([task("a"), task("b"), task("c"), task("x", "c"), task("y", "b"), task("z", "a")])).toBe(0);
  });

  it("puts the middle of a layer with fewer tasks beside the middle of the fullest", () => {
    const { boxes } = layoutGraph([task("a"), task("b"), task("c"), task("end", "a", "b", "c")]);
    expect(boxes.find(({ task_id }) => task_id === "end")!.row).toBe(1);
  });

  it("leaves out what is waited for and is not there, and refuses tasks that wait for each other", () => {
    expect(layoutGraph([task("a", "gone")]).lines).toEqual([]);
    expect(() => layoutGraph([task("a", "b"), task("b", "a")])).toThrow(RangeError);
  });

  it("has nothing to draw of no tasks", () => {
    expect(layoutGraph([])).toEqual({ columns: 0, rows: 0, boxes: [], lines: [] });
  });

  it.each(ALL_DAGS.map((dag) => [dag.dag_id, dag] as const))("draws %s with every box at a place of its own", (_id, dag) => {
    const { boxes } = layoutGraph(dag.tasks);
    expect(new Set(boxes.map(({ column, row }) => `${column} ${row}`)).size).toBe(dag.tasks.length);
  });
});
