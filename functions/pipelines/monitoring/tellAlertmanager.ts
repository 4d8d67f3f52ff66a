import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { instrumentsBySubject } from "../../../shared/monitoring/instrumentOf.ts";
import { postedAlerts } from "../../../shared/notify/postedAlerts.ts";
import type { Ports } from "../ports.ts";

/** What ended so long ago has expired by itself at an Alertmanager that was away all the time. */
const TELL_END_FOR_MS = 2 * HOUR;

/**
 * Tells Alertmanager, where one is set, all that fires and what has ended lately: the whole state each time, so that one that was away or has
 * forgotten everything knows it with the next run, and nothing expires while it lasts.
 */
export const tellAlertmanager = defineStep({
  name: "tell_alertmanager",
  report: z.strictObject({ told: z.int() }),
  run: async ({ alert_sink, clock, config, monitor }: Ports, context) => {
    if (alert_sink === null) {
      context.log("No Alertmanager is set (NOTIFY_ALERTMANAGER_URL).");
      return { kind: "success", report: { told: 0 } };
    }
    const now = clock.now();
    const [firing, ended] = await Promise.all([monitor.firing(), monitor.endedSince(now - TELL_END_FOR_MS)]);
    const posted = postedAlerts([...firing, ...ended], instrumentsBySubject(config.instruments), now);
    await alert_sink.post(posted);
    return { kind: "success", report: { told: posted.length } };
  },
});
