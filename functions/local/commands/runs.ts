import type { DagRun, MissedRunsView } from "../../../shared/contracts/dags.ts";
import { MAX_COUNTED } from "../../../shared/dag/missedRuns.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { withStack } from "../stack/withStack.ts";
import { formatDuration } from "../text/formatDuration.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const LIMIT = 20;
/** Airflow's word for all DAGs. */
const ALL_DAGS = "~";

export const runsCommand: Command = {
  name: "runs",
  summary: "the latest runs of all pipelines, or of one",
  positionals: ["[DAG]"],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: [
    "What the schedule never ran, because nothing was running or the pipeline was paused, stands below, with the command that makes it.",
    "DAG is a pipeline of fx dags. What became of a run: fx logs DAG RUN.",
  ],
  async run(context, args) {
    const dag_id = args.positionals[0] ?? ALL_DAGS;
    const [{ dag_runs, total_entries }, missed] = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      Promise.all([client.runs(dag_id, { limit: LIMIT }), client.missedRuns(dag_id)]),
    );
    const open = missed.filter((gap) => !gap.is_made_up);
    const runs = () => [renderRuns(dag_runs, total_entries), ...open.map(renderMissed)].join("\n\n");
    const text = args.values["json"] === true ? JSON.stringify(dag_runs) : runs();
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** By pipeline, newest interval first. The id of a run holds its interval, and comes last since it is the longest. */
export function renderRuns(runs: readonly DagRun[], total: number): string {
  if (runs.length === 0) return "There are no runs.";
  const blocks = [...Map.groupBy(runs, (run) => run.dag_id)].map(([dag_id, own]) => `${dag_id}\n${renderBlock(own)}`);
  const more = total > runs.length ? [`${runs.length} of ${counted(total, "run")}`] : [];
  return [...blocks, ...more].join("\n\n");
}

export function renderMissed({ dag_id, data_interval_start, data_interval_end, intervals, reason, command }: MissedRunsView): string {
  const count = intervals >= MAX_COUNTED ? "1000 intervals or more" : counted(intervals, "interval");
  const why = reason === "paused" ? "it was paused" : "nothing was running";
  const head = wrapText(`${dag_id}: missed ${count}, ${data_interval_start} to ${data_interval_end} (${why})`, WIDTH, GAP);
  // On a line of its own, so that it can be copied.
  return `${head}\n${GAP}${command}`;
}

/** An id that leaves no room on its line stands below it, broken only if it is longer than a line. */
function renderBlock(runs: readonly DagRun[]): string {
  const rows = runs.map(cellsOf);
  const used = renderTable(COLUMNS.slice(0, 2), rows).split("\n")[1]!.length;
  const below = rows.map(([, , run = ""]) => (used + GAP.length + run.length > WIDTH ? breakText(run) : []));
  const cells = rows.map(([state = "", took = "", run = ""], index) => [state, took, below[index]?.length ? "" : run]);
  const [head = "", rule = "", ...lines] = renderTable(COLUMNS, cells).split("\n");
  const under = (index: number) => [...(below[index] ?? []).map((part) => GAP + part), ...noteOf(runs[index]!)];
  return [head, rule, ...lines.flatMap((line, index) => [line, ...under(index)])].join("\n");
}

/** Of 80 columns the last stays free: some terminals break a line that fills them all. */
const WIDTH = 79;
const GAP = "  ";

function breakText(text: string): string[] {
  return text.match(new RegExp(`.{1,${WIDTH - GAP.length}}`, "g")) ?? [];
}

const COLUMNS = [{ title: "state" }, { title: "took", align: "right" }, { title: "run" }] as const;

function cellsOf(run: DagRun): string[] {
  // Of hours the seconds are no news, and the line has no room for them.
  const took = run.duration === null ? "-" : formatDuration(run.duration * 1_000).replace(/(?<=h .*) \d+ s$/, "");
  const failed = run.failed_tasks > 0 ? [`${run.failed_tasks} failed`] : [];
  return [[run.state, ...failed, ...(run.is_late ? ["late"] : [])].join(", "), took, run.dag_run_id];
}

/** Why tasks of a run were skipped, below its line. */
function noteOf({ skipped_tasks, skip_reason }: DagRun): string[] {
  if (skip_reason === null) return [];
  const count = skipped_tasks === 1 ? "skipped" : `${skipped_tasks} skipped`;
  return wrapText(`${count}: ${skip_reason}`, WIDTH - GAP.length, GAP)
    .split("\n")
    .map((line) => GAP + line);
}
