import type { DagRun } from "../../../shared/contracts/dags.ts";
import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { requireInstant } from "../../../shared/domain/instant.ts";
import { explainFailure, followRun, isWhole } from "../client/followRun.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { type Command, type CommandContext, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { parseTrigger, type TriggerLine } from "./parseTrigger.ts";

interface Outcome {
  readonly run: DagRun;
  readonly is_whole: boolean;
  /** What there is to say besides the run. */
  readonly text: string;
}

export const triggerCommand: Command = {
  name: "trigger",
  summary: "run a pipeline once more, and follow it to its end",
  positionals: ["DAG"],
  options: {
    from: { type: "string", value: "TIME", help: "start of the data interval: 2025-06-27 or 2025-06-27T12:00:00Z" },
    to: { type: "string", value: "TIME", help: "its end; a day is included" },
    conf: { type: "string", value: "JSON", help: "an object that the steps are given" },
    instruments: { type: "string", value: "A,B", help: "only these; default: the configured ones" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "Without --from and --to it covers the latest interval of the schedule, or the last 24 hours if there is none. Ctrl-C ends the following, and not the run, on a stack that runs. Of a paused pipeline the run waits.",
  ],
  async run(context, args) {
    const line = parseTrigger(args);
    const outcome = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      trigger(context, client, line),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(outcome.run) : outcome.text}\n`);
    return outcome.is_whole ? 0 : EXIT_FAILED;
  },
};

async function trigger(
  context: CommandContext,
  client: WorkerClient,
  { dag_id, window, conf, instruments }: TriggerLine,
): Promise<Outcome> {
  const dag = await client.dag(dag_id);
  const now = requireInstant((await client.store()).clock, "clock");
  // With milliseconds, so that each call is a run of its own.
  const run_id = `manual__${new Date(now).toISOString()}`;
  const { start, end } = window ?? latestWindow(dag, now);
  const only = instruments ? { map_keys: instruments } : {};
  const run = await client.triggerRun({ dag_id, run_id, start, end, conf, run_type: "manual", ...only });
  if (dag.is_paused) return { run, is_whole: true, text: `${dag_id} is paused: ${run_id} waits until fx unpause ${dag_id}` };
  context.screen.say(`${run_id} over ${run.data_interval_start} to ${run.data_interval_end}`);
  const followed = await followRun(client, context.screen, dag_id, dag_id, run_id);
  const is_whole = isWhole(followed);
  const failure = is_whole ? "" : `${await explainFailure(client, dag_id, run_id, followed.tasks)}\n`;
  return { run: await client.run(dag_id, run_id), is_whole, text: `${failure}Its logs: fx logs ${dag_id} ${run_id}` };
}
