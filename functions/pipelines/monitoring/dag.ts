import { defineDag, defineTask } from "../../../shared/dag/dag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";

/** None of them needs another, so that what is broken in one place hides nothing elsewhere. */
const CHECKS = ["freshness", "drift", "performance", "business", "infrastructure"] as const;

export const monitoring = defineDag({
  dag_id: "monitoring",
  description: "Looks after data, models and machines, and raises and resolves alerts",
  schedule: { cron: "*/15 * * * *", time_zone: "UTC", trigger_cron: "*/15 * * * *" },
  // An alert that comes later than this meets the next look.
  deadline: { reference: "interval_end", after_ms: 10 * MINUTE },
  tasks: [
    // Two tries within a minute: the next run looks again anyway, and a check that hangs must not keep the alerts from being sent.
    ...CHECKS.map((task_id) => defineTask({ task_id, retries: 1, timeout_ms: 2 * MINUTE })),
    // all_done: the alerts of the checks that worked do not wait for one that did not.
    defineTask({ task_id: "alerts", upstream: [...CHECKS], trigger_rule: "all_done" }),
  ],
});
