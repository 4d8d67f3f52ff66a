import { useMemo } from "preact/hooks";
import { type GraphPoint, type GraphTask, layoutGraph } from "./layoutGraph.ts";
import { signOfState, wordsOfCounts } from "./stateSign.ts";
import type { TaskSummary } from "./taskSummaries.ts";

/** Px: a box, and from one to the next. */
const BOX = { width: 196, height: 52 };
const STEP = { column: 252, row: 66 };

/** The tasks of a run as boxes, which are links, and lines from what they wait for. */
export function RunGraph({
  tasks,
  summaries,
  chosen,
  hrefOfTask,
  durationOf,
}: {
  readonly tasks: readonly GraphTask[];
  readonly summaries: ReadonlyMap<string, TaskSummary>;
  readonly chosen: string | null;
  readonly hrefOfTask: (task_id: string) => string;
  readonly durationOf: (ms: number) => string;
}) {
  const shape = JSON.stringify(tasks);
  const layout = useMemo(() => layoutGraph(tasks), [shape]);
  const width = (layout.columns - 1) * STEP.column + BOX.width;
  const height = (layout.rows - 1) * STEP.row + BOX.height;
  const upstream = new Map(tasks.map((task) => [task.task_id, task.upstream]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="graph-frame" tabIndex={0} aria-label="Graph of the tasks">
      <div class="graph" style={{ width: `${width}px`, height: `${height}px` }}>
        <svg class="graph-lines" width={width} height={height} aria-hidden="true">
          {layout.lines.map(({ from, to, points }) => (
            <path
              key={`${from} ${to}`}
              d={pathOf(points)}
              class={from === chosen || to === chosen ? "graph-line graph-line-chosen" : "graph-line"}
            />
          ))}
        </svg>
        <ol class="graph-boxes">
          {layout.boxes.map(({ task_id, column, row }) => {
            const summary = summaries.get(task_id);
            const { tone, sign, words } = signOfState(summary?.state ?? "absent");
            const waits = upstream.get(task_id) ?? [];
            return (
              <li key={task_id} style={{ left: `${column * STEP.column}px`, top: `${row * STEP.row}px` }}>
                <a
                  href={hrefOfTask(task_id)}
                  class={`graph-box graph-${tone}`}
                  aria-current={task_id === chosen ? "true" : undefined}
                  title={task_id}
                >
                  <span class="graph-name">
                    <span aria-hidden="true" class="graph-sign">
                      {sign}
                    </span>
                    <span class="graph-label">{task_id}</span>
                  </span>
                  <span class="graph-note">
                    {summary?.is_mapped ? wordsOfCounts(summary.counts) : words}
                    {typeof summary?.taken_ms === "number" && `, ${durationOf(summary.taken_ms)}`}
                  </span>
                  {waits.length > 0 && <span class="unseen">, waits for {waits.join(", ")}</span>}
                </a>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}

/** From the right side of the first box to the left of the last; level across the layers that it passes. */
function pathOf(points: readonly GraphPoint[]): string {
  const y = ({ row }: GraphPoint) => row * STEP.row + BOX.height / 2;
  const left = ({ column }: GraphPoint) => column * STEP.column;
  const bend = (STEP.column - BOX.width) / 2;
  const [first, ...others] = points as readonly [GraphPoint, ...GraphPoint[]];
  let path = `M ${left(first) + BOX.width} ${y(first)}`;
  let before = first;
  for (const point of others) {
    const start = left(before) + BOX.width;
    path += ` L ${start} ${y(before)} C ${start + bend} ${y(before)} ${left(point) - bend} ${y(point)} ${left(point)} ${y(point)}`;
    before = point;
  }
  return path;
}
