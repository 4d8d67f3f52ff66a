import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { requireInstant } from "../../../shared/domain/instant.ts";
import { HORIZONS } from "../../../shared/labels/horizon.ts";
import { TRAINING_PARAM_NAMES } from "../../../shared/models/trainingParams.ts";
import { TRAINING_PROFILES } from "../../../shared/models/trainingProfile.ts";
import { explainFailure, type FollowedRun, followRun, isWhole } from "../client/followRun.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { triggeredRun, triggeredRuns } from "../stack/bootstrap.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { renderSweeps, type SweptModel, sweptModels } from "../text/showSweep.ts";
import { renderTraining, type TrainedModel, trainedModels } from "../text/showTraining.ts";
import { type Command, type CommandContext, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { parseTrain, type TrainLine } from "./parseTrain.ts";

interface Outcome {
  readonly sweeps: readonly SweptModel[];
  readonly models: readonly TrainedModel[];
  /** Why it is not whole, a line each. */
  readonly failures: readonly string[];
}

export const trainCommand: Command = {
  name: "train",
  summary: "train models, check them and promote what passes",
  positionals: ["[PAIR]..."],
  options: {
    profile: { type: "string", value: "NAME", help: `${Object.keys(TRAINING_PROFILES).join(", ")} (nightly)` },
    horizon: { type: "string", value: "BARS", help: `bars ahead: ${HORIZONS.join(", ")} (1, which /predict serves)` },
    param: { type: "string", value: "NAME=VALUE", multiple: true, help: "in place of the profile's; may be given several times" },
    pooled: { type: "boolean", help: "one model of the pairs that are named, in place of one of each" },
    sweep: { type: "string", value: "FILE", help: "tries the parameters of a JSON file first, and trains by the best" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    `Of the configured pairs where none is named. Parameters: ${TRAINING_PARAM_NAMES.join(", ")}; seeds=1,2,3.`,
    "Trains on what was known by the end of the training pipeline's latest interval, judges out of fold, and lets model_validation decide.",
    "A pooled model has the pair as a feature. What it is of each pair is a version of that pair's model, checked and promoted like any of them.",
    'A sweep is {"method": "grid", "params": {"max_depth": [2, 3]}} or {"method": "random", "trials": 20, "seed": 1, "params": {"eta": {"min": 0.01, ' +
      '"max": 0.1, "log": true}}}. Its trials know nothing of the last quarter of the history (holdout_days), by which the best is judged.',
  ],
  async run(context, args) {
    const line = parseTrain(args, context.cwd);
    const { sweeps, models, failures } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      train(context, client, line),
    );
    const as_json = args.values["json"] === true;
    const text = as_json ? JSON.stringify(line.is_sweep ? { sweeps, models } : models) : [...renderSweeps(sweeps), renderTraining(models)];
    context.stdout.write(`${typeof text === "string" ? text : text.join("\n")}\n`);
    for (const failure of failures) context.screen.say(failure);
    return failures.length === 0 ? 0 : EXIT_FAILED;
  },
};

/** Follows what was asked for, and what it starts: of a sweep the training of each pair, of a training its validation. */
async function train(context: CommandContext, client: WorkerClient, { conf, instruments, is_sweep }: TrainLine): Promise<Outcome> {
  const dag_id = is_sweep ? "model_sweep" : "model_training";
  const now = requireInstant((await client.store()).clock, "clock");
  const { start, end } = latestWindow(await client.dag("model_training"), now);
  const run_id = `manual__${new Date(now).toISOString()}`;
  await client.triggerRun({ dag_id, run_id, start, end, conf, run_type: "manual", ...(instruments ? { map_keys: instruments } : {}) });
  if (!is_sweep) return { sweeps: [], ...(await trainingToEnd(context, client, "training", run_id)) };
  const swept = await followRun(client, context.screen, "sweep", dag_id, run_id);
  const outcomes = [];
  for (const run of triggeredRuns(swept, "train_best"))
    outcomes.push(await trainingToEnd(context, client, "training the best", run.run_id));
  return {
    sweeps: sweptModels(swept.tasks),
    models: outcomes.flatMap(({ models }) => models),
    failures: [...(await failureOf(client, dag_id, run_id, swept)), ...outcomes.flatMap(({ failures }) => failures)],
  };
}

async function trainingToEnd(
  { screen }: CommandContext,
  client: WorkerClient,
  label: string,
  run_id: string,
): Promise<Omit<Outcome, "sweeps">> {
  const trained = await followRun(client, screen, label, "model_training", run_id);
  const triggered = triggeredRun(trained);
  const checked = triggered && (await followRun(client, screen, "validation", triggered.dag_id, triggered.run_id));
  return {
    models: trainedModels(trained.tasks, checked?.tasks ?? []),
    failures: [
      ...(await failureOf(client, "model_training", run_id, trained)),
      ...(triggered && checked ? await failureOf(client, triggered.dag_id, triggered.run_id, checked) : []),
    ],
  };
}

async function failureOf(client: WorkerClient, dag_id: string, run_id: string, run: FollowedRun): Promise<string[]> {
  return isWhole(run) ? [] : [await explainFailure(client, dag_id, run_id, run.tasks)];
}
