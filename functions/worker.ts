import type { ExecutionContext, MessageBatch, ScheduledController } from "@cloudflare/workers-types";
import { SWEEP_CRON } from "../cron-triggers/schedule.ts";
import { type TaskKey, taskKeySchema } from "../shared/contracts/dags.ts";
import { LEASE } from "../shared/domain/lease.ts";
import { definePools } from "../shared/domain/pool.ts";
import { toAppError } from "../shared/errors.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";
import { createKvOnlineStore } from "./adapters/kvOnlineStore.ts";
import { createBackfillStore } from "./adapters/libsql/backfillStore.ts";
import { createBarStore } from "./adapters/libsql/barStore.ts";
import { createCallbackOutbox } from "./adapters/libsql/callbackOutbox.ts";
import { createDatabase } from "./adapters/libsql/database.ts";
import { createFeatureStore } from "./adapters/libsql/featureStore.ts";
import { createLedger } from "./adapters/libsql/ledger.ts";
import { createPredictionLog } from "./adapters/libsql/predictionLog.ts";
import { createTracking } from "./adapters/libsql/tracking.ts";
import { createLogNotifier } from "./adapters/logNotifier.ts";
import { createOandaCandleSource } from "./adapters/oandaCandleSource.ts";
import { createQueueHints } from "./adapters/queueHints.ts";
import { createPredictionSender } from "./adapters/queuePredictions.ts";
import { createR2ObjectStore } from "./adapters/r2ObjectStore.ts";
import { createSidecarTrainer } from "./adapters/sidecarTrainer.ts";
import { systemTimers } from "./adapters/systemTimers.ts";
import { createApp } from "./api/app.ts";
import { type Bindings, readSettings, type Settings } from "./environment.ts";
import { ALL_DAGS } from "./pipelines/dags/allDags.ts";
import { createEngine } from "./pipelines/engine.ts";
import { STEPS } from "./pipelines/steps.ts";
import { createTriggerRun } from "./pipelines/triggerRun.ts";
import type { Ports } from "./steps/ports.ts";

const DEAD_PREDICTIONS_QUEUE = "fx-medallion-predictions-dead";

/** The composition root: every adapter, the engine and the routes, put together once an isolate. */
function compose(env: Bindings, settings: Settings) {
  const clock = { now: () => Date.now() + settings.FX_CLOCK_OFFSET_MS };
  const database = createDatabase(settings.SQLD_URL, settings.SQLD_AUTH_TOKEN);
  const pools = definePools(settings.OANDA_SLOTS);
  const ledger = createLedger(database, pools);
  const lake = createR2ObjectStore(env.LAKE);
  const hints = createQueueHints(env.HINTS);
  const shared = { ledger, dags: ALL_DAGS, clock, hints, default_map_keys: settings.INSTRUMENTS };
  const trigger = createTriggerRun(shared);
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const ports: Ports = {
    config: {
      market_origin: settings.MARKET_ORIGIN,
      instruments: settings.INSTRUMENTS,
      max_plausible_accuracy: settings.MAX_PLAUSIBLE_ACCURACY,
      training_device: settings.TRAINING_DEVICE,
    },
    clock,
    candles: createOandaCandleSource({
      base_url: settings.OANDA_API_URL ?? "",
      token: settings.OANDA_API_TOKEN ?? "",
      fetch,
      sleep,
      random: Math.random,
      clock,
    }),
    lake,
    bars: createBarStore(database),
    features: createFeatureStore(database, clock),
    online: createKvOnlineStore(env.ONLINE),
    tracking: createTracking(database),
    trainer: createSidecarTrainer({ base_url: settings.SIDECAR_URL, token: settings.SIDECAR_TOKEN ?? null, fetch }),
    trigger,
  };
  const app = createApp({
    ports,
    dags: { dags: ALL_DAGS, ledger, trigger },
    record: createPredictionSender({ queue: env.PREDICTIONS, clock, sleep }),
    newId: () => crypto.randomUUID(),
    admin_token: settings.ADMIN_TOKEN ?? null,
  });
  const engine = createEngine({
    ...shared,
    ...LEASE,
    steps: STEPS,
    ports,
    timers: systemTimers,
    newToken: () => crypto.randomUUID(),
    pools,
    backfills: createBackfillStore(database),
    outbox: createCallbackOutbox(database),
    notifier: createLogNotifier(),
  });
  return { app, engine, lake, predictions: createPredictionLog(database) };
}

let composed: ReturnType<typeof compose> | undefined;

function instance(env: Bindings): ReturnType<typeof compose> {
  composed ??= compose(env, readSettings(env));
  return composed;
}

export default {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Response | Promise<Response> {
    try {
      return instance(env).app.fetch(request, env, context as never);
    } catch (error) {
      // A wrong setting: whoever deployed it is the one who reads this.
      const { code, message, details } = toAppError(error);
      console.error(message);
      return Response.json({ error: { code, message, details } }, { status: 500 });
    }
  },

  async scheduled(controller: ScheduledController, env: Bindings): Promise<void> {
    const { engine } = instance(env);
    if (controller.cron === SWEEP_CRON) await engine.sweep();
    else await engine.schedule(controller.cron, controller.scheduledTime);
  },

  async queue(batch: MessageBatch<TaskKey | readonly PredictionRecord[]>, env: Bindings): Promise<void> {
    const { engine, lake, predictions } = instance(env);
    if (batch.queue === "fx-medallion-hints") {
      for (const message of batch.messages) await engine.runHint(taskKeySchema.parse(message.body));
      return;
    }
    const records = batch.messages.flatMap((message) => message.body as readonly PredictionRecord[]);
    if (batch.queue === DEAD_PREDICTIONS_QUEUE) {
      // The database was away for longer than the queue waits: the lake keeps them, so that none is lost.
      const lines = records.map((record) => JSON.stringify(record)).join("\n");
      await lake.putOnce(`dead-letters/predictions/${records[0]?.prediction_id}.ndjson`, lines, "application/x-ndjson");
      return;
    }
    await predictions.append(records);
  },
};
