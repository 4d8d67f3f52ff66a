import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@libsql/client/web";
import { createWorkerClient } from "../../functions/local/client/workerClient.ts";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { MINUTE } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";

const WITHIN_MS = 180_000;
const LOOK_MS = 250;

/** A stack that is looked at, and who asks it. */
export interface Watched {
  /** As it is now: a part that was killed has another process. */
  readonly stack: RunFile;
  readonly token: string;
}

export function databaseOf({ stack }: Watched) {
  return createClient({ url: `http://127.0.0.1:${stack.ports["sqld"]}`, authToken: stack.tokens["sqld"]!, intMode: "number" });
}

let runs = 0;

/** An alert takes two looks in a row: at intervals that end now, a second apart. */
export async function monitorTwice(watched: Watched): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await triggerNow(watched, "monitoring", 15 * MINUTE);
    await sleep(1_100);
  }
}

/** Runs a pipeline over the span that ends now. */
export async function triggerNow({ stack, token }: Watched, dag_id: string, span_ms: number): Promise<void> {
  const client = createWorkerClient({ base_url: stack.worker_url, admin_token: token }, new AbortController().signal);
  const end = Math.floor(Date.now() / 1_000) * 1_000;
  const asked = { dag_id, run_id: `check_${++runs}_${end}`, start: end - span_ms, end, conf: {}, run_type: "manual" } as const;
  const run = await client.triggerRun(asked);
  await untilSo(`the end of ${dag_id}`, async () => {
    const { state } = await client.run(dag_id, run.dag_run_id);
    if (state === "failed") throw new Error(`${dag_id} ${run.dag_run_id} has failed`);
    return state === "success";
  });
}

/** What a server that is being started again refuses is asked for once more. */
export async function untilSo(what: string, look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; ; await sleep(LOOK_MS)) {
    const found = await look().catch((error: unknown) => {
      if (error instanceof TypeError || (error instanceof AppError && error.retryable)) return false;
      throw error;
    });
    if (found) return;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${WITHIN_MS / 1_000} s`);
  }
}
