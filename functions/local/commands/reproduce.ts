import { z } from "zod";
import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { requireInstant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { explainFailure, followRun, isWhole } from "../client/followRun.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED, usageError } from "../text/localError.ts";
import { type Command, type CommandContext, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const verdictSchema = z.object({ run_id: z.string(), verdict: z.enum(["equal", "different"]), findings: z.array(z.string()) });
type Verdict = z.infer<typeof verdictSchema>;

export const reproduceCommand: Command = {
  name: "reproduce",
  summary: "train a run again from its record, and compare the bytes",
  positionals: ["RUN"],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: [
    "RUN is the id of a training run, as fx train and MLflow show it. Exit code 0: model.json, model.ubj and every prediction are equal; 1: they are " +
      "not, with what was different (the library, the device, the code), or it could not be trained again, with the reason.",
  ],
  async run(context, args) {
    const run_id = args.positionals[0] ?? "";
    if (!/^[0-9a-f]{32}$/.test(run_id)) throw usageError(`"${run_id}" is not the id of a run: 32 hexadecimal digits.`, "reproduce");
    const verdict = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      reproduce(context, client, run_id),
    );
    const text = [`${run_id}: ${verdict.verdict === "equal" ? "equal" : "NOT equal"}`, ...verdict.findings].join("\n  ");
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(verdict) : text}\n`);
    return verdict.verdict === "equal" ? 0 : EXIT_FAILED;
  },
};

async function reproduce(context: CommandContext, client: WorkerClient, run_id: string): Promise<Verdict> {
  const dag_id = "model_reproduction";
  const now = requireInstant((await client.store()).clock, "clock");
  const { start, end } = latestWindow(await client.dag(dag_id), now);
  const dag_run_id = `manual__${new Date(now).toISOString()}`;
  await client.triggerRun({ dag_id, run_id: dag_run_id, start, end, conf: { run_id }, run_type: "manual" });
  const followed = await followRun(client, context.screen, "training again", dag_id, dag_run_id);
  if (!isWhole(followed)) throw new AppError("training_failed", await explainFailure(client, dag_id, dag_run_id, followed.tasks));
  return verdictSchema.parse(followed.tasks[0]?.report);
}
