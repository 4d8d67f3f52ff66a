// biome-ignore-all lint/a11y/useSemanticElements: columns that come and go while the frame is scrolled are no table of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell at a time is reached by Tab, all others by arrows
import { Component } from "preact";
import type { DagGrid, GridRunView } from "../../../../../shared/contracts/dagGrid.ts";
import { type Moment, momentOf } from "../../format/time.ts";
import { signOfState, wordsOfCounts } from "./stateSign.ts";

export const COLUMN_PX = 20;

export interface GridColumnProps {
  readonly run: GridRunView;
  readonly tasks: DagGrid["tasks"];
  /** From 0, the newest. */
  readonly place: number;
  readonly share: number;
  readonly is_cut: boolean;
  readonly time_zone: string;
  /** The task that the keyboard is at, -1 for the run itself; null: it is in another column. */
  readonly focus: number | null;
}

/** Columns that have their moment written above them. */
const MARKED = 6;

/** A run of the grid: its bar, and a cell a task. There are thousands of cells: a column is drawn anew only when something of it is another. */
export class GridColumn extends Component<GridColumnProps> {
  override shouldComponentUpdate(next: GridColumnProps): boolean {
    return (Object.keys(next) as (keyof GridColumnProps)[]).some((name) => next[name] !== this.props[name]);
  }

  override render({ run, tasks, place, share, is_cut, time_zone, focus }: GridColumnProps) {
    const moment = momentOf(Date.parse(run.data_interval_end), time_zone);
    const name = `run of ${moment.date} ${moment.time}`;
    const of_run = signOfState(run.state);
    return (
      <div role="row" class="grid-column" aria-rowindex={place + 2} data-run={run.dag_run_id} style={{ left: `${place * COLUMN_PX}px` }}>
        {place % MARKED === 0 && (
          <span class="grid-mark" aria-hidden="true">
            {markOf(moment)}
          </span>
        )}
        <div
          role="rowheader"
          class="grid-run"
          tabIndex={focus === -1 ? 0 : -1}
          data-task="-1"
          aria-label={`${name}: ${of_run.words}${run.is_late ? ", late" : ""}`}
        >
          <span class="grid-bar-frame">
            <span
              class={`grid-bar grid-${of_run.tone}${is_cut ? " grid-bar-cut" : ""}`}
              style={{ height: `${Math.max(4, share * 100)}%` }}
            />
          </span>
          <span class={`grid-run-sign grid-${of_run.tone}`}>{of_run.sign}</span>
        </div>
        {tasks.map(({ task_id }, task) => {
          const { tone, sign, words } = signOfState(run.states[task] ?? null);
          const counts = run.counts[task];
          return (
            <div
              key={task_id}
              role="gridcell"
              class={`grid-cell grid-${tone}`}
              tabIndex={focus === task ? 0 : -1}
              data-task={task}
              aria-label={`${task_id}, ${name}: ${words}${counts ? ` (${wordsOfCounts(counts)})` : ""}`}
            >
              {sign}
            </div>
          );
        })}
      </div>
    );
  }
}

function markOf({ date, time }: Moment): string {
  return `${date.slice(5)} ${time}`;
}
