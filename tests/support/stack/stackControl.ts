import { setTimeout as sleep } from "node:timers/promises";
import { createWorkerClient, type WorkerClient } from "../../../functions/local/client/workerClient.ts";
import { groupMembers } from "../../../functions/local/processes/processIdentity.ts";
import { type RunFile, readRunFile } from "../../../functions/local/stack/runFile.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { AppError } from "../../../shared/errors.ts";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";
import { commandOf } from "./markedProcesses.ts";

const POLL_MS = 15;

export function clientOf(stack: Pick<RunFile, "worker_url">): WorkerClient {
  return createWorkerClient({ base_url: stack.worker_url, admin_token: null }, new AbortController().signal);
}

/** Polls until `look` gives something, which a stack that is coming up may refuse at first. */
export async function until<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  let last = "";
  for (const deadline = Date.now() + WAIT_LIMIT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    try {
      const found = await look();
      if (found !== null) return found;
      last = "";
    } catch (error) {
      if (!(error instanceof AppError) && !(error instanceof TypeError)) throw error;
      last = error.message;
    }
  }
  throw new Error(`${what} did not come within ${WAIT_LIMIT_MS / 1_000} s${last === "" ? "" : ` (${last})`}`);
}

/** The stack that comes up on the store, once its file names the Worker. */
export function untilStack(store: string, part: string): Promise<RunFile> {
  return until(`${part} on ${store}`, async () => {
    const run = readRunFile(store);
    return run?.parts.some(({ name }) => name === part) ? run : null;
  });
}

/** Waits for tasks of a run that look as wanted. */
export async function untilTasks(store: string, dag_id: string, run_id: string, wanted: (tasks: readonly TaskInstance[]) => boolean) {
  let tasks: readonly TaskInstance[] = [];
  try {
    await until(`the wanted state of ${dag_id}`, async () => {
      const run = readRunFile(store);
      tasks = run === null ? [] : await clientOf(run).tasks(dag_id, run_id);
      return wanted(tasks) ? true : null;
    });
  } catch (error) {
    const states = tasks.map((task) => `${task.task_id} ${task.map_key} ${task.state}`).join(", ");
    throw new Error(`${(error as Error).message}; last seen: ${states}`, { cause: error });
  }
}

/** A request to the faults of a stack's sandbox. */
export function sendFault({ ports, tokens }: Pick<RunFile, "ports" | "tokens">, init: RequestInit): Promise<Response> {
  const headers = { authorization: `Bearer ${tokens["sandbox"]}` };
  return fetch(`http://127.0.0.1:${ports["sandbox"]}/sandbox/faults`, { ...init, headers });
}

/** Orders a fault of the sandbox as soon as it is up: that is before the Worker is. */
export async function orderFault(store: string, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const stack = await untilStack(store, "sandbox");
  await until("the sandbox", async () => {
    const response = await sendFault(stack, { method: "POST", body: JSON.stringify(fault) });
    if (response.status !== 201) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
    return response.status;
  });
}

/** kill -9 of the processes of a part whose command line matches; returns how many there were. */
export function killPart(stack: RunFile, part: string, command: RegExp): number {
  const leader = stack.parts.find(({ name }) => name === part);
  if (!leader) throw new Error(`the stack has no part ${part}`);
  const victims = groupMembers(leader.pid).filter(({ pid }) => command.test(commandOf(pid)));
  for (const { pid } of victims) process.kill(pid, "SIGKILL");
  return victims.length;
}
