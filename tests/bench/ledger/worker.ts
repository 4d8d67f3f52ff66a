import type { ExecutionContext, MessageBatch } from "@cloudflare/workers-types";
import { createDatabase } from "../../../functions/adapters/libsql/database.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createLogNotifier } from "../../../functions/adapters/logNotifier.ts";
import { createQueueHints } from "../../../functions/adapters/queueHints.ts";
import { systemTimers } from "../../../functions/adapters/systemTimers.ts";
import { createEngine, type Engine } from "../../../functions/engine/engine.ts";
import { type Bindings, readSettings } from "../../../functions/environment.ts";
import { createHintRunner } from "../../../functions/runHints.ts";
import { LEASE } from "../../../shared/dag/lease.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { countRequests } from "./countRequests.ts";
import { DRAIN, SLOW, START } from "./dags.ts";

const clock = { now: () => Date.now() };
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The engine of the Worker on its ledger and its queue, with the bench's pipelines in place of the real ones. */
function compose(env: Bindings): Engine {
  const database = createDatabase(readSettings(env).SQLD_URL);
  return createEngine({
    ...LEASE,
    ledger: createLedger(database),
    dags: [DRAIN, START, SLOW],
    ports: null,
    clock,
    timers: systemTimers,
    hints: createQueueHints(env.HINTS),
    backfills: createBackfillStore(database),
    outbox: createCallbackOutbox(database),
    notifier: createLogNotifier(),
    pools: {},
    newToken: () => crypto.randomUUID(),
    default_map_keys: { instrument: [], source: [] },
  });
}

function trigger(engine: Engine, dag_id: string, run: number, keys: number) {
  const window = { start: run * HOUR, end: (run + 1) * HOUR };
  const instrument = Array.from({ length: keys }, (_, index) => `k${index}`);
  const map_keys = keys > 0 ? { map_keys: { instrument } } : {};
  return engine.triggerRun({ dag_id, run_id: `run-${run}`, run_type: "manual", window, conf: {}, triggered_by: "test", ...map_keys });
}

function instance(env: Bindings) {
  const engine = compose(env);
  return { engine, runHints: createHintRunner({ engine, at_once: readSettings(env).HINTS_AT_ONCE, clock, sleep }) };
}

let composed: ReturnType<typeof instance> | undefined;
const requests = countRequests();

export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    composed ??= instance(env);
    const { engine } = composed;
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/trigger") {
      const [dag_id = "", run, keys] = ["dag", "run", "keys"].map((name) => searchParams.get(name) ?? "0");
      await trigger(engine, dag_id, Number(run), Number(keys));
    }
    if (pathname === "/sweep") await engine.sweep();
    return Response.json(requests());
  },

  async queue(batch: MessageBatch<unknown>, env: Bindings, context: ExecutionContext): Promise<void> {
    composed ??= instance(env);
    await composed.runHints({ messages: batch.messages, waitUntil: (work) => context.waitUntil(work) });
  },
};
