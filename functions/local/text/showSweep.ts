import { z } from "zod";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { counted } from "../../../shared/domain/counted.ts";

const reportSchema = z.object({
  parent_run_id: z.string(),
  trials: z.number(),
  best_trial: z.number(),
  best_log_loss: z.number(),
  profile_log_loss: z.number().nullable(),
  params: z.record(z.string(), z.number()),
  tested_from: z.string(),
});

/** What the trials of one instrument came to. */
export type SweptModel = z.infer<typeof reportSchema> & { readonly instrument: string };

/** From the tasks of a run of model_sweep. */
export function sweptModels(tasks: readonly TaskInstance[]): SweptModel[] {
  return tasks.flatMap((task) => {
    const report = task.task_id === "run_trials" && task.state === "success" ? reportSchema.safeParse(task.report).data : undefined;
    return report ? [{ ...report, instrument: task.map_key }] : [];
  });
}

/** A line an instrument. What was chosen by is no measure of it, and said to be none. */
export function renderSweeps(sweeps: readonly SweptModel[]): string[] {
  return sweeps.map(({ instrument, trials, best_trial, best_log_loss, profile_log_loss, params, tested_from, parent_run_id }) => {
    const chosen = best_trial === 0 ? "the profile's own parameters" : JSON.stringify(params);
    const own = profile_log_loss === null ? "not trained" : profile_log_loss.toFixed(5);
    return (
      `${instrument}: of ${counted(trials, "trial")} the best is ${chosen}: log loss ${best_log_loss.toFixed(5)}, the profile's own ${own}, on what it was chosen by. ` +
      `The figures below are of rows from ${tested_from} on, which no trial knew. Run ${parent_run_id}.`
    );
  });
}
