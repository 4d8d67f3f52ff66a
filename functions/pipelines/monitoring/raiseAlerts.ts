import type { StepContext } from "../../../shared/dag/step.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import type { AlertChange } from "../../../shared/monitoring/alert.ts";
import { decideAlert, withdrawAlert } from "../../../shared/monitoring/decideAlert.ts";
import { CHECKS, fingerprintOf } from "../../../shared/monitoring/reading.ts";
import type { PipelineStep, Ports } from "../ports.ts";

/** Readings kept: a quarter, for comparison with the one before it. About 12,000 a day with seven instruments. */
const KEEP_MS = 90 * DAY;

/**
 * Turns the run's readings into alerts and has people told of those that fire, grow worse or end, in the transaction that ends the
 * task. It runs whatever became of the checks: one that failed has no reading, and what fires of it stays.
 */
export const raiseAlerts: PipelineStep = async (ports, context) => {
  const at = context.window.end;
  const newest = await ports.monitor.newestMeasuredAt();
  if (newest === null) return { kind: "skipped", reason: "No check has measured anything." };
  if (newest > at) return { kind: "skipped", reason: "A later run has been judged already: what was bad in the past alarms nobody now." };
  const changes = await changesOf(ports, context);
  for (const { kind, alert } of changes)
    if (kind !== "keep") context.log(`${kind} ${alert.severity} ${alert.fingerprint}: ${alert.summary}`);
  const { dag_id, run_id, task_id } = context;
  if (changes.length > 0) context.withSettlement(ports.monitor.prepareAlerts(changes, { dag_id, run_id, task_id }));
  context.withSettlement(ports.monitor.prepareForget(at - KEEP_MS));
  const count = (kind: AlertChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const report = { fired: count("fire"), escalated: count("escalate"), resolved: count("resolve"), kept: count("keep") };
  return { kind: "success", report: { written: changes.length, ...report } };
};

async function changesOf(ports: Ports, context: StepContext): Promise<AlertChange[]> {
  const at = context.window.end;
  const readings = await ports.monitor.readingsInTime(at);
  const firing = new Map((await ports.monitor.firing()).map((alert) => [alert.fingerprint, alert]));
  const changes = readings.flatMap((entry) => {
    const change = decideAlert({ ...entry, firing: firing.get(fingerprintOf(entry.reading)) ?? null });
    return change ? [change] : [];
  });
  const measured = new Set(readings.map(({ reading }) => fingerprintOf(reading)));
  const complete = new Set(CHECKS.filter((check) => context.upstream(check)?.["complete"] === true));
  const gone = [...firing.values()].filter((alert) => complete.has(alert.check) && !measured.has(alert.fingerprint));
  return [...changes, ...gone.map((alert) => withdrawAlert(alert, at))];
}
