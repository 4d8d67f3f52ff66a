import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/errors.ts";
import { createStackClient, createWorkerClient, type WorkerClient } from "../client/workerClient.ts";
import type { CommandContext } from "../commands/command.ts";
import { freePorts } from "../processes/freePorts.ts";
import { askHealth } from "../processes/waitForHealth.ts";
import { chooseStack, type RunningStack } from "./chooseStore.ts";
import { PORT_VARIABLES, readSettings, type Settings } from "./settings.ts";
import { hostOfJob } from "./stackPlan.ts";
import { startStack } from "./startStack.ts";
import { describeMarket, displayPath, type Store } from "./store.ts";

export interface JobNeeds {
  /** --store, or null. */
  readonly store: string | null;
  /** "real": the job brings what belongs beside real prices. "any": it works on what is there. */
  readonly market: "real" | "any";
  /** What it brings, in a word: candles, news. */
  readonly brings?: string;
}

type Job<Result> = (client: WorkerClient) => Promise<Result>;

/** Does a job on the stack that runs on this machine, or on one that is started for it and stopped after it. Says on which store. */
export async function withStack<Result>(context: CommandContext, needs: JobNeeds, job: Job<Result>): Promise<Result> {
  const settings = readSettings(context.env);
  const chosen = chooseStack(context, settings, needs);
  return "run" in chosen ? onRunning(context, settings, needs, chosen, job) : onOwn(context, settings, chosen, job);
}

async function onRunning<Result>(context: CommandContext, settings: Settings, needs: JobNeeds, stack: RunningStack, job: Job<Result>) {
  const { folder, run } = stack;
  // Who named the store knows it.
  if (needs.store === null) {
    context.screen.say(`Store ${displayPath(folder)} (${describeMarket(run.market)}), which runs at ${run.worker_url}`);
  }
  await waitUntilServing(context, run.worker_url);
  return job(
    createWorkerClient({ base_url: run.worker_url, admin_token: settings.admin_token ?? run.tokens["worker"] ?? null }, context.cancelled),
  );
}

async function onOwn<Result>(context: CommandContext, settings: Settings, store: Store, job: Job<Result>): Promise<Result> {
  // Nobody waits for it at an address: another stack may have the usual ones. A port that was asked for is kept to.
  const ports = await freePorts(settings.ports, (name) => Boolean(context.env[PORT_VARIABLES[name].variable]?.trim()));
  const what = `${displayPath(store.folder)} (${describeMarket(store.market)})`;
  context.screen.say(`No stack runs on the store ${what}: starting one for this job.`);
  // Only the sweep: a job should do what was asked for, and no night's training beside it.
  const stack = await startStack({ ...context, store, settings, ports, crons: "sweep", host: hostOfJob(settings), with_pages: false });
  try {
    const client = createStackClient({ base_url: stack.worker_url, admin_token: stack.plan.tokens.admin }, context.cancelled);
    return await Promise.race([job(client), stack.failure.then((error) => Promise.reject(error))]);
  } finally {
    await stack.stop();
  }
}

const STARTING_MS = 90_000;

/** A stack that was started a moment ago is waited for: until its Worker answers at all, whatever it thinks of its components. */
async function waitUntilServing(context: CommandContext, worker_url: string): Promise<void> {
  for (const deadline = Date.now() + STARTING_MS; ; await sleep(250)) {
    const answer = await askHealth(`${worker_url}/`);
    if (answer.kind === "status" && answer.status < 600) return;
    if (context.cancelled.aborted) throw new AppError("cancelled", "Cancelled.");
    if (Date.now() > deadline)
      throw new AppError(
        "source_unavailable",
        `A stack runs, but its Worker at ${worker_url} does not answer. Stop it and start it again.`,
      );
  }
}
