import { z } from "zod";
import { defineStep, type OptionalRead, optional } from "../../../shared/dag/defineStep.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import type { AlertChange } from "../../../shared/monitoring/alert.ts";
import { decideAlert, withdrawAlert } from "../../../shared/monitoring/decideAlert.ts";
import { CHECKS, type Check, fingerprintOf } from "../../../shared/monitoring/reading.ts";
import { READINGS_EACH_DAYS, READINGS_HOURLY_DAYS } from "../../../shared/retention/retention.ts";
import type { Ports } from "../ports.ts";
import { CHECK_STEPS } from "./checks.ts";
import type { CheckReport } from "./recordReadings.ts";

/** A check that failed has no report, and keeps none of its alerts from firing on. */
const CHECK_REPORTS = Object.fromEntries(CHECKS.map((check) => [check, optional(CHECK_STEPS[check])])) as Readonly<
  Record<Check, OptionalRead<CheckReport>>
>;

/**
 * Turns the run's readings into alerts and has people told of those that fire, grow worse or end, in the transaction that ends the
 * task. It runs whatever became of the checks: one that failed has no reading, and what fires of it stays.
 */
export const raiseAlerts = defineStep({
  name: "alerts",
  reads: CHECK_REPORTS,
  report: z.strictObject({ written: z.int(), fired: z.int(), escalated: z.int(), resolved: z.int(), kept: z.int() }),
  run: async (ports: Ports, context) => {
    const at = context.window.end;
    const newest = await ports.monitor.newestMeasuredAt();
    if (newest === null) return { kind: "skipped", reason: "No check has measured anything." };
    if (newest > at) return { kind: "skipped", reason: "A later run has been judged already: what was bad in the past alarms nobody now." };
    const changes = await changesOf(ports, at, completeOf(context.reads));
    for (const { kind, alert } of changes)
      if (kind !== "keep") context.log(`${kind} ${alert.severity} ${alert.fingerprint}: ${alert.summary}`);
    const { dag_id, run_id, task_id } = context;
    if (changes.length > 0) context.withSettlement(ports.monitor.prepareAlerts(changes, { dag_id, run_id, task_id }));
    context.withSettlement(
      ports.monitor.prepareForget({
        before: at - ports.config.retention.readings * DAY,
        hourly_before: at - READINGS_EACH_DAYS * DAY,
        six_hourly_before: at - READINGS_HOURLY_DAYS * DAY,
      }),
    );
    const count = (kind: AlertChange["kind"]) => changes.filter((change) => change.kind === kind).length;
    const report = { fired: count("fire"), escalated: count("escalate"), resolved: count("resolve"), kept: count("keep") };
    return { kind: "success", report: { written: changes.length, ...report } };
  },
});

/** Checks that have measured everything: what fires of them, and was not measured, is no longer there. */
function completeOf(reports: Readonly<Record<Check, CheckReport | null>>): ReadonlySet<Check> {
  return new Set(CHECKS.filter((check) => reports[check]?.complete));
}

async function changesOf(ports: Ports, at: Instant, complete: ReadonlySet<Check>): Promise<AlertChange[]> {
  const readings = await ports.monitor.readingsInTime(at);
  const firing = new Map((await ports.monitor.firing()).map((alert) => [alert.fingerprint, alert]));
  const changes = readings.flatMap((entry) => {
    const change = decideAlert({ ...entry, firing: firing.get(fingerprintOf(entry.reading)) ?? null });
    return change ? [change] : [];
  });
  const measured = new Set(readings.map(({ reading }) => fingerprintOf(reading)));
  const gone = [...firing.values()].filter((alert) => complete.has(alert.check) && !measured.has(alert.fingerprint));
  return [...changes, ...gone.map((alert) => withdrawAlert(alert, at))];
}
