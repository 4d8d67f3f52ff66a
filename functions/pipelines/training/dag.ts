import { defineDag, defineTask } from "../../../shared/dag/dag.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";

export const modelTraining = defineDag({
  dag_id: "model_training",
  description: "Trains a model per instrument on point-in-time features, evaluates it and registers it in Staging",
  // Singapore keeps UTC+8 all year, so one UTC cron fires at each of its midnights.
  schedule: { cron: "0 0 * * *", time_zone: "Asia/Singapore", trigger_cron: "0 16 * * *" },
  // 06:00 in Singapore: two hours are left before Tokyo opens and the first Asian traders ask.
  deadline: { reference: "interval_end", after_ms: 6 * HOUR },
  tasks: [
    defineTask({ task_id: "assemble_training_set", map_over: "instrument" }),
    // A sidecar that is down is worth waiting for: the next training is a day away.
    defineTask({
      task_id: "train_model",
      map_over: "instrument",
      upstream: ["assemble_training_set"],
      retries: 6,
      retry_delay_ms: MINUTE,
      pool: "sidecar_training",
    }),
    defineTask({ task_id: "evaluate_model", map_over: "instrument", upstream: ["train_model"] }),
    defineTask({ task_id: "log_run", map_over: "instrument", upstream: ["evaluate_model"] }),
    defineTask({ task_id: "register_staging", map_over: "instrument", upstream: ["log_run"] }),
    // all_done: an instrument that failed must not keep the others from being validated.
    defineTask({ task_id: "trigger_validation", upstream: ["register_staging"], trigger_rule: "all_done" }),
  ],
});
