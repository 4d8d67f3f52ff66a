import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { requireInstant } from "../../../shared/domain/instant.ts";
import { HORIZONS } from "../../../shared/labels/horizon.ts";
import { TRAINING_PARAM_NAMES } from "../../../shared/models/trainingParams.ts";
import { TRAINING_PROFILES } from "../../../shared/models/trainingProfile.ts";
import { explainFailure, followRun, isWhole } from "../client/followRun.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { triggeredRun } from "../stack/bootstrap.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { renderTraining, type TrainedModel, trainedModels } from "../text/showTraining.ts";
import { type Command, type CommandContext, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { parseTrain, type TrainLine } from "./parseTrain.ts";

interface Outcome {
  readonly models: readonly TrainedModel[];
  /** Why it is not whole; null when it is. */
  readonly failure: string | null;
}

export const trainCommand: Command = {
  name: "train",
  summary: "train models, check them and promote what passes",
  positionals: ["[PAIR]..."],
  options: {
    profile: { type: "string", value: "NAME", help: `${Object.keys(TRAINING_PROFILES).join(", ")} (nightly)` },
    horizon: { type: "string", value: "BARS", help: `bars ahead: ${HORIZONS.join(", ")} (1, which /predict serves)` },
    param: { type: "string", value: "NAME=VALUE", multiple: true, help: "in place of the profile's; may be given several times" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    `Of the configured pairs where none is named. Parameters: ${TRAINING_PARAM_NAMES.join(", ")}; seeds=1,2,3.`,
    "Trains on what was known by the end of the training pipeline's latest interval, judges out of fold, and lets model_validation decide.",
  ],
  async run(context, args) {
    const line = parseTrain(args);
    const { models, failure } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      train(context, client, line),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(models) : renderTraining(models)}\n`);
    if (failure !== null) context.screen.say(failure);
    return failure === null ? 0 : EXIT_FAILED;
  },
};

async function train(context: CommandContext, client: WorkerClient, { conf, instruments }: TrainLine): Promise<Outcome> {
  const dag_id = "model_training";
  const now = requireInstant((await client.store()).clock, "clock");
  const { start, end } = latestWindow(await client.dag(dag_id), now);
  const run_id = `manual__${new Date(now).toISOString()}`;
  await client.triggerRun({ dag_id, run_id, start, end, conf, run_type: "manual", ...(instruments ? { map_keys: instruments } : {}) });
  const trained = await followRun(client, context.screen, "training", dag_id, run_id);
  const triggered = triggeredRun(trained);
  const checked = triggered && (await followRun(client, context.screen, "validation", triggered.dag_id, triggered.run_id));
  const models = trainedModels(trained.tasks, checked?.tasks ?? []);
  if (!isWhole(trained)) return { models, failure: await explainFailure(client, dag_id, run_id, trained.tasks) };
  if (triggered && checked && !isWhole(checked))
    return { models, failure: await explainFailure(client, triggered.dag_id, triggered.run_id, checked.tasks) };
  return { models, failure: null };
}
