import type { DagRun } from "../../../shared/contracts/dags.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "../command.ts";
import { formatDuration } from "../formatDuration.ts";
import { renderTable } from "../table.ts";
import { withStack } from "../withStack.ts";

const LIMIT = 20;
/** Airflow's word for all DAGs. */
const ALL_DAGS = "~";

export const runsCommand: Command = {
  name: "runs",
  summary: "the latest runs of all pipelines, or of one",
  positionals: ["[DAG]"],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: ["DAG is a pipeline of fx dags. What became of a run: fx logs DAG RUN."],
  async run(context, args) {
    const dag_id = args.positionals[0] ?? ALL_DAGS;
    const { dag_runs, total_entries } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.runs(dag_id, `?limit=${LIMIT}`),
    );
    const text = args.values["json"] === true ? JSON.stringify(dag_runs) : renderRuns(dag_runs, total_entries);
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** By pipeline, newest interval first. The id of a run holds its interval, and comes last since it is the longest. */
export function renderRuns(runs: readonly DagRun[], total: number): string {
  if (runs.length === 0) return "There are no runs.";
  const blocks = [...Map.groupBy(runs, (run) => run.dag_id)].map(([dag_id, own]) => `${dag_id}\n${renderTable(COLUMNS, own.map(cellsOf))}`);
  const more = total > runs.length ? [`${runs.length} of ${total} runs`] : [];
  return [...blocks, ...more].join("\n\n");
}

const COLUMNS = [{ title: "state" }, { title: "took", align: "right" }, { title: "run" }] as const;

function cellsOf(run: DagRun): string[] {
  // Of hours the seconds are no news, and the line has no room for them.
  const took = run.duration === null ? "-" : formatDuration(run.duration * 1_000).replace(/(?<=h .*) \d+ s$/, "");
  return [run.is_late ? `${run.state}, late` : run.state, took, run.dag_run_id];
}
