import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { Step, StepContext } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { judge, type Observation } from "../../../shared/monitoring/metricRule.ts";
import { type Check, countStatuses, type ReadingStatus } from "../../../shared/monitoring/reading.ts";
import { viewAgeRules } from "../../../shared/monitoring/rules/viewAgeRules.ts";
import { METRIC_RULES, ruleOf } from "../../../shared/monitoring/thresholds.ts";
import type { Ports } from "../ports.ts";

/** What a check says when it is done: how many readings it wrote, and how many of each status. */
export const checkReportSchema = z.strictObject({
  written: z.int(),
  /** Every subject was measured, so that what is missing is no longer measured at all. */
  complete: z.boolean(),
  ok: z.int(),
  unknown: z.int(),
  warning: z.int(),
  breach: z.int(),
}) satisfies z.ZodType<Record<ReadingStatus, number>>;
export type CheckReport = z.infer<typeof checkReportSchema>;

const NOTHING: CheckReport = { written: 0, complete: false, ok: 0, unknown: 0, warning: 0, breach: 0 };

/** Judges the observations and has them written with the end of the slice. */
export function recordReadings(ports: Ports, context: StepContext, observations: readonly Observation[], before = NOTHING): CheckReport {
  const ages = viewAgeRules(modelViews(ports.config));
  const readings = observations.map((observation) => judge(ruleOf(observation.check, observation.metric, ages), observation));
  context.withSettlement(ports.monitor.prepareReadings(readings));
  const counts = countStatuses(readings);
  return {
    written: before.written + readings.length,
    complete: true,
    ok: before.ok + counts.ok,
    unknown: before.unknown + counts.unknown,
    warning: before.warning + counts.warning,
    breach: before.breach + counts.breach,
  };
}

/** Every metric of a check that cannot be measured of a subject, with the reason. */
export function unknownReadings(check: Check, subject: string, measured_at: Instant, reason: string): Observation[] {
  return Object.keys(METRIC_RULES[check]).map((metric) => ({ check, subject, metric, measured_at, value: null, n: null, reason }));
}

/** Observations of one instrument as of `measured_at`. */
export type MeasureInstrument = (ports: Ports, instrument: string, measured_at: Instant) => Promise<readonly Observation[]>;

/**
 * A check of every configured instrument, one a slice, so that a year of training rows of seven of them need not fit one invocation. An
 * instrument that cannot be measured for a reason that stays (its model is not in the lake, say) is unknown with that reason, and the
 * others go on; a reason that may pass fails the try.
 */
export function checkEachInstrument(check: Check, measure: MeasureInstrument): Step<Ports, CheckReport> {
  return defineStep({
    name: check,
    report: checkReportSchema,
    cursor: checkReportSchema.extend({ next: z.int() }),
    run: async (ports: Ports, context) => {
      const { next, ...before } = context.cursor ?? { ...NOTHING, next: 0 };
      const instrument = ports.config.instruments[next];
      const observations = instrument === undefined ? [] : await measureOrExplain(check, measure, ports, instrument, context.window.end);
      const report = recordReadings(ports, context, observations, before);
      if (next + 1 >= ports.config.instruments.length) return { kind: "success", report };
      return { kind: "continue", cursor: { ...report, next: next + 1 }, report: { ...report, complete: false } };
    },
  });
}

async function measureOrExplain(check: Check, measure: MeasureInstrument, ports: Ports, instrument: string, at: Instant) {
  try {
    return await measure(ports, instrument, at);
  } catch (error) {
    const problem = toAppError(error);
    if (problem.retryable) throw error;
    return unknownReadings(check, instrument, at, problem.message);
  }
}
