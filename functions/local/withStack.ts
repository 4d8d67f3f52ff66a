import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../shared/errors.ts";
import { findRunningStack, refuseOtherStack, requireMarket, storeForImport, storeForJob } from "./chooseStore.ts";
import type { CommandContext } from "./command.ts";
import { readSettings, urlOf } from "./settings.ts";
import { startStack } from "./startStack.ts";
import { displayPath } from "./store.ts";
import { askHealth } from "./waitForHealth.ts";
import { createWorkerClient, type WorkerClient } from "./workerClient.ts";

export interface JobNeeds {
  /** --store, or null. */
  readonly store: string | null;
  /** "real": the job brings real candles. "any": it works on what is there. */
  readonly market: "real" | "any";
}

/** Does a job on the stack that runs on this machine, or on one that is started for it and stopped after it. */
export async function withStack<Result>(
  context: CommandContext,
  needs: JobNeeds,
  job: (client: WorkerClient) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(context.env);
  const running = findRunningStack(context, needs.store);
  if (running && !(needs.market === "real" && running.run.market !== "real" && usesOtherPorts(running.run.ports, settings.ports))) {
    if (needs.market === "real") requireMarket(running, "real", needs.store);
    await waitUntilServing(context, running.run.worker_url);
    return job(createWorkerClient({ base_url: running.run.worker_url, admin_token: settings.admin_token }, context.cancelled));
  }
  const store = needs.market === "real" ? storeForImport(context, needs.store) : storeForJob(context, settings, needs.store);
  refuseOtherStack(context, store, settings.ports);
  context.screen.say(`No stack is running: starting one on the store ${displayPath(store.folder)} for this job.`);
  // Only the sweep: a job should do what was asked for, and no night's training beside it.
  const stack = await startStack({ ...context, store, settings, ports: settings.ports, crons: "sweep", host: "dev" });
  try {
    const client = createWorkerClient({ base_url: urlOf(settings.ports.worker), admin_token: settings.admin_token }, context.cancelled);
    return await Promise.race([job(client), stack.failure.then((error) => Promise.reject(error))]);
  } finally {
    await stack.stop();
  }
}

/** True when a stack of ours would not meet the running one. */
function usesOtherPorts(running: Readonly<Record<string, number>>, wanted: object): boolean {
  const taken = new Set(Object.values(running));
  return Object.values(wanted).every((port) => !taken.has(port));
}

const STARTING_MS = 90_000;

/** A stack that was started a moment ago is waited for. */
async function waitUntilServing(context: CommandContext, worker_url: string): Promise<void> {
  for (const deadline = Date.now() + STARTING_MS; ; await sleep(250)) {
    const answer = await askHealth(`${worker_url}/health`);
    if (answer.kind === "status" && answer.status < 600) return;
    if (context.cancelled.aborted) throw new AppError("cancelled", "Cancelled.");
    if (Date.now() > deadline)
      throw new AppError(
        "source_unavailable",
        `A stack runs, but its Worker at ${worker_url} does not answer. Stop it and start it again.`,
      );
  }
}
