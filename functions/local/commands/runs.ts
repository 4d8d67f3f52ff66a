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
  details: ["DAG is data_collection, market_feature_pipeline, model_training or model_validation."],
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

export function renderRuns(runs: readonly DagRun[], total: number): string {
  if (runs.length === 0) return "There are no runs.";
  const columns = [
    { title: "dag" },
    { title: "run" },
    { title: "state" },
    { title: "interval ends" },
    { title: "took", align: "right" },
  ] as const;
  const rows = runs.map((run) => [
    run.dag_id,
    run.dag_run_id,
    run.state,
    run.data_interval_end.replace(".000Z", "Z"),
    run.duration === null ? "-" : formatDuration(run.duration * 1_000),
  ]);
  const more = total > runs.length ? `\n${runs.length} of ${total} runs` : "";
  return renderTable(columns, rows) + more;
}
