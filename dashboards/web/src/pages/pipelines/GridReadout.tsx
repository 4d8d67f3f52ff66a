import type { DagGrid, GridRunView } from "../../../../../shared/contracts/dagGrid.ts";
import { durationOf } from "../../format/time.ts";
import { now } from "../../state/now.ts";
import { State } from "../../ui/State.tsx";
import { Time } from "../../ui/Time.tsx";
import { secondsOf } from "./runBars.ts";
import { signOfState, wordsOfCounts } from "./stateSign.ts";

/** What the cell under the pointer or the keyboard says in full; a line that keeps its place. */
export function GridReadout({
  run,
  tasks,
  task,
}: {
  readonly run: GridRunView | null;
  readonly tasks: DagGrid["tasks"];
  /** -1: the run itself. */
  readonly task: number;
}) {
  if (run === null) {
    return <p class="grid-readout quiet">Newest run at the left. Point at a cell to read it; a click opens the run at that task.</p>;
  }
  const name = tasks[task]?.task_id;
  const state = name === undefined ? run.state : (run.states[task] ?? null);
  const { tone, words } = signOfState(state);
  const counts = run.counts[task];
  const tries = run.try_number[task] ?? 0;
  const taken = name === undefined ? secondsOf(run, now.value) : secondsBetween(run.start_s[task], run.end_s[task]);
  return (
    <p class="grid-readout">
      <strong>{name ?? "run"}</strong> of <Time at={run.data_interval_end} /> <State tone={tone}>{words}</State>
      {counts && <span>{wordsOfCounts(counts)}</span>}
      {name !== undefined && tries > 1 && <span>{tries} tries</span>}
      {taken !== null && <span>{durationOf(taken * 1_000)}</span>}
      <span class="quiet">{run.run_type}</span>
      {run.is_late && <State tone="warn">late</State>}
    </p>
  );
}

function secondsBetween(start: number | null | undefined, end: number | null | undefined): number | null {
  return typeof start === "number" && typeof end === "number" ? Math.max(0, end - start) : null;
}
