/** Where the boxes and lines of a pipeline's graph stand: tasks in layers from left to right, each behind all that it waits for. */

export interface GraphTask {
  readonly task_id: string;
  readonly upstream: readonly string[];
}

/** A place in units of boxes: `column` from 0 at the left, `row` from 0 at the top (halves too, where a layer has fewer than the fullest). */
export interface GraphPoint {
  readonly column: number;
  readonly row: number;
}

export interface GraphBox extends GraphPoint {
  readonly task_id: string;
}

export interface GraphLine {
  readonly from: string;
  readonly to: string;
  /** From box to box; where it passes layers, a free place in each of them. */
  readonly points: readonly GraphPoint[];
}

export interface GraphLayout {
  readonly columns: number;
  readonly rows: number;
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
}

/** A task, or the place that a line keeps free in a layer that it passes (then `task_id` is null). */
interface Node {
  readonly task_id: string | null;
  readonly before: Node[];
  readonly after: Node[];
  place: number;
}

const SWEEPS = 8;

/** Throws RangeError where tasks wait for each other. What a task waits for and is not among them is left out. */
export function layoutGraph(tasks: readonly GraphTask[]): GraphLayout {
  const layer_of = layersOf(tasks);
  const layers: Node[][] = [];
  const put = (task_id: string | null, layer: number): Node => {
    layers[layer] ??= [];
    const node: Node = { task_id, before: [], after: [], place: layers[layer].length };
    layers[layer].push(node);
    return node;
  };
  const nodes = new Map<string, Node>();
  for (const { task_id } of tasks) nodes.set(task_id, put(task_id, layer_of.get(task_id)!));
  const chains = tasks.flatMap(({ task_id, upstream }) =>
    upstream
      .filter((from) => nodes.has(from))
      .map((from) => {
        const between = Array.from({ length: layer_of.get(task_id)! - layer_of.get(from)! - 1 }, (_, step) =>
          put(null, layer_of.get(from)! + 1 + step),
        );
        const chain = [nodes.get(from)!, ...between, nodes.get(task_id)!];
        for (const [place, node] of chain.slice(1).entries()) {
          chain[place]!.after.push(node);
          node.before.push(chain[place]!);
        }
        return { from, to: task_id, chain };
      }),
  );
  order(layers);
  const rows = Math.max(0, ...layers.map(({ length }) => length));
  const points = new Map<Node, GraphPoint>();
  for (const [column, layer] of layers.entries()) {
    for (const node of layer) points.set(node, { column, row: node.place + (rows - layer.length) / 2 });
  }
  return {
    columns: layers.length,
    rows,
    boxes: tasks.map(({ task_id }) => ({ task_id, ...points.get(nodes.get(task_id)!)! })),
    lines: chains.map(({ from, to, chain }) => ({ from, to, points: chain.map((node) => points.get(node)!) })),
  };
}

/** The longest way to each task. */
function layersOf(tasks: readonly GraphTask[]): ReadonlyMap<string, number> {
  const by_id = new Map(tasks.map((task) => [task.task_id, task]));
  const known = new Map<string, number>();
  const open = new Set<string>();
  const layerOf = (task_id: string): number => {
    const found = known.get(task_id);
    if (found !== undefined) return found;
    if (open.has(task_id)) throw new RangeError(`${task_id} waits for itself`);
    open.add(task_id);
    const before = by_id.get(task_id)!.upstream.filter((id) => by_id.has(id));
    const layer = before.length === 0 ? 0 : 1 + Math.max(...before.map(layerOf));
    open.delete(task_id);
    known.set(task_id, layer);
    return layer;
  };
  for (const { task_id } of tasks) layerOf(task_id);
  return known;
}

/** Sorts each layer by the middle of its neighbours, to and fro, and keeps the order in which the fewest lines cross. */
function order(layers: readonly Node[][]): void {
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const is_forward = sweep % 2 === 0;
    for (const layer of is_forward ? layers.slice(1) : layers.slice(0, -1).toReversed()) {
      const wanted = new Map(layer.map((node) => [node, middle(is_forward ? node.before : node.after) ?? node.place]));
      layer.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a.place - b.place);
      for (const [place, node] of layer.entries()) node.place = place;
    }
    const count = crossings(layers);
    if (count < fewest) {
      fewest = count;
      best = layers.map((layer) => [...layer]);
    }
  }
  for (const [index, layer] of best.entries()) {
    layers[index]!.splice(0, layer.length, ...layer);
    for (const [place, node] of layer.entries()) node.place = place;
  }
}

function middle(nodes: readonly Node[]): number | null {
  return nodes.length === 0 ? null : nodes.reduce((sum, { place }) => sum + place, 0) / nodes.length;
}

function crossings(layers: readonly Node[][]): number {
  let count = 0;
  for (const layer of layers) {
    const lines = layer.flatMap((node) => node.after.map((next) => [node.place, next.place] as const));
    for (const [index, [a, b]] of lines.entries()) {
      for (const [c, d] of lines.slice(index + 1)) if ((a - c) * (b - d) < 0) count += 1;
    }
  }
  return count;
}
