import type { Dag, DagRun } from "../../../shared/contracts/dags.ts";
import { withStack } from "../stack/withStack.ts";
import { formatDuration } from "../text/formatDuration.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export interface DagRow {
  readonly dag: Dag;
  /** The run with the newest data interval. */
  readonly last_run: DagRun | null;
}

export const dagsCommand: Command = {
  name: "dags",
  summary: "the pipelines: when they run, whether they are paused, the last run",
  positionals: [],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: ["Their runs: fx runs DAG. One more run: fx trigger DAG."],
  async run(context, args) {
    const rows = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      const dags = await client.dags();
      const last = await Promise.all(dags.map((dag) => client.runs(dag.dag_id, { limit: 1 })));
      return dags.map((dag, index): DagRow => ({ dag, last_run: last[index]?.dag_runs[0] ?? null }));
    });
    const text = args.values["json"] === true ? JSON.stringify(rows.map(({ dag, last_run }) => ({ ...dag, last_run }))) : renderDags(rows);
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** Three lines a pipeline: a table of this would be wider than 80 columns. */
export function renderDags(rows: readonly DagRow[]): string {
  return rows
    .map(({ dag, last_run }) =>
      [
        `${dag.dag_id}${dag.is_paused ? "  PAUSED" : ""}`,
        `  schedule  ${dag.timetable_summary ?? "when triggered"}`,
        `  last run  ${last_run ? describeRun(last_run) : "none yet"}`,
      ].join("\n"),
    )
    .join("\n\n");
}

function describeRun(run: DagRun): string {
  const took = run.duration === null ? "" : ` in ${formatDuration(run.duration * 1_000)}`;
  return `${run.state}${took}${run.is_late ? ", late" : ""}, interval to ${run.data_interval_end}`;
}
