import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { CHECKS } from "../../../shared/monitoring/reading.ts";
import { CHECK_STEPS } from "./checks.ts";
import { raiseAlerts } from "./raiseAlerts.ts";

/** None of them needs another, so that what is broken in one place hides nothing elsewhere. */
const checks = CHECKS.map((check) => CHECK_STEPS[check]);

export const monitoring = defineDag({
  dag_id: "monitoring",
  description: "Looks after data, models and machines, and raises and resolves alerts",
  defined_in: "functions/pipelines/monitoring/dag.ts",
  schedule: { cron: "*/15 * * * *", reason: "Trouble is told of within half an hour: an alert takes two looks in a row." },
  // An alert that comes later than this meets the next look.
  deadline: { reference: "interval_end", after_ms: 10 * MINUTE },
  tasks: [
    // Two tries within a minute: the next run looks again anyway, and a check that hangs must not keep the alerts from being sent.
    ...checks.map((step) => task(step, { retries: 1, timeout_ms: 2 * MINUTE })),
    // all_done: the alerts of the checks that worked do not wait for one that did not.
    task(raiseAlerts, { upstream: checks, trigger_rule: "all_done" }),
  ],
});
