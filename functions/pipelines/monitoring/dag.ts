import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { CHECKS, type Check } from "../../../shared/monitoring/reading.ts";
import { CHECK_STEPS } from "./checks.ts";
import { raiseAlerts } from "./raiseAlerts.ts";
import { settleOutcomes } from "./settleOutcomes.ts";
import { tellAlertmanager } from "./tellAlertmanager.ts";

/** None of them needs another, so that what is broken in one place hides nothing elsewhere. */
const checks = CHECKS.map((check) => CHECK_STEPS[check]);
/** They look at what was settled; where that failed, at what was settled before. */
const JUDGE_OUTCOMES: ReadonlySet<Check> = new Set(["performance", "business"]);

const QUICK = { retries: 1, timeout_ms: 2 * MINUTE } as const;

export const monitoring = defineDag({
  dag_id: "monitoring",
  description: "Settles what predictions came to, looks after data, models and machines, and raises and resolves alerts",
  defined_in: "functions/pipelines/monitoring/dag.ts",
  schedule: { cron: "*/15 * * * *", reason: "Trouble is told of within half an hour: an alert takes two looks in a row." },
  // An alert that comes later than this meets the next look.
  deadline: { reference: "interval_end", after_ms: 10 * MINUTE },
  tasks: [
    // Two tries within a minute: the next run looks again anyway, and a check that hangs must not keep the alerts from being sent.
    task(settleOutcomes, QUICK),
    ...CHECKS.map((check) =>
      task(CHECK_STEPS[check], JUDGE_OUTCOMES.has(check) ? { ...QUICK, upstream: [settleOutcomes], trigger_rule: "all_done" } : QUICK),
    ),
    // all_done: the alerts of the checks that worked do not wait for one that did not.
    task(raiseAlerts, { upstream: checks, trigger_rule: "all_done" }),
    task(tellAlertmanager, { upstream: [raiseAlerts], retries: 3 }),
  ],
});
