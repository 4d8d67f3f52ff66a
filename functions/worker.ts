import type { ExecutionContext, MessageBatch, ScheduledController } from "@cloudflare/workers-types";
import { SWEEP_CRON } from "../cron-triggers/schedule.ts";
import { HOUR, type Instant, MINUTE, toIso } from "../shared/domain/instant.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";
import { compose } from "./compose.ts";
import { deliverEach } from "./deliverEach.ts";
import { DEAD_REPROCESS_QUEUE, REPROCESS_QUEUE } from "./engine/reprocess.ts";
import { type Bindings, readSettings } from "./environment.ts";
import { leaving, misconfigured } from "./refusals.ts";

const DEAD_PREDICTIONS_QUEUE = "fx-medallion-predictions-dead";
const NOT_OBEYED = "It was delivered as often as the queue allows, and failed each time for a reason that should have passed.";

/** A cron may be fired late. */
const MAX_CRON_AGE_MS = HOUR;
const MAX_CRON_AHEAD_MS = MINUTE;

let composed: ReturnType<typeof compose> | undefined;

function instance(env: Bindings): ReturnType<typeof compose> {
  composed ??= compose(env, readSettings(env));
  return composed;
}

/**
 * wrangler dev takes crons of any time at an address that a picture on a web page can ask for (a GET without an Origin). Those of about
 * now do what was due anyway, each once; those of another time would make runs of years to come.
 */
function isDueAbout(scheduled_time: Instant, now: Instant): boolean {
  return scheduled_time > now - MAX_CRON_AGE_MS && scheduled_time < now + MAX_CRON_AHEAD_MS;
}

export default {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Response | Promise<Response> {
    try {
      const { app, drain } = instance(env);
      return drain.is_closed ? leaving(request) : app.fetch(request, env, context as never);
    } catch (error) {
      return misconfigured(error, request);
    }
  },

  async scheduled(controller: ScheduledController, env: Bindings): Promise<void> {
    const { engine, clock } = instance(env);
    if (controller.cron === SWEEP_CRON) await engine.sweep();
    else if (isDueAbout(controller.scheduledTime, clock.now())) await engine.schedule(controller.cron, controller.scheduledTime);
    else
      console.error(`The cron ${controller.cron} of ${toIso(controller.scheduledTime)} is not obeyed: it is ${toIso(clock.now())} here.`);
  },

  async queue(batch: MessageBatch<unknown>, env: Bindings, context?: ExecutionContext): Promise<void> {
    const { runHints, reprocess, lake, predictions } = instance(env);
    if (batch.queue === "fx-medallion-hints") return runHints({ messages: batch.messages, waitUntil: (work) => context?.waitUntil(work) });
    if (batch.queue === REPROCESS_QUEUE) return deliverEach(batch.messages, (message) => reprocess.receive(message));
    if (batch.queue === DEAD_REPROCESS_QUEUE) return deliverEach(batch.messages, (message) => reprocess.bury(message, NOT_OBEYED));
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
