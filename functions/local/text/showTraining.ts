import { z } from "zod";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { modelClaimSchema } from "../../../shared/models/modelClaim.ts";
import { accuracyText, CLAIM_NOTE, netText } from "./showClaim.ts";
import { renderTable, wrapText } from "./table.ts";

/** What a training made of one instrument. */
export interface TrainedModel {
  readonly instrument: string;
  /** Null: no version was registered. */
  readonly name: string | null;
  readonly version: string | null;
  readonly run_id: string | null;
  readonly skill: string | null;
  readonly accuracy: z.infer<typeof modelClaimSchema.shape.accuracy>;
  readonly net_bp: z.infer<typeof modelClaimSchema.shape.net_bp>;
  readonly stage: "Production" | "Staging" | "none";
  /** Why it is not in Production, where a task said so. */
  readonly reason: string | null;
}

const evaluatedSchema = z.object({
  run_id: z.string(),
  skill: z.string(),
  accuracy_outside_rollover: modelClaimSchema.shape.accuracy,
  net_bp_outside_rollover: modelClaimSchema.shape.net_bp,
});
const registeredSchema = z.object({ name: z.string(), version: z.string() });
const COLUMNS = 116;

/** From the tasks of a training run and of the validation that it triggered, which may be none. */
export function trainedModels(training: readonly TaskInstance[], validation: readonly TaskInstance[]): TrainedModel[] {
  const instruments = [...new Set(training.map(({ map_key }) => map_key))].filter((map_key) => map_key !== "").sort();
  return instruments.map((instrument) => {
    const own = [...training, ...validation].filter(({ map_key }) => map_key === instrument);
    const reportOf = (task_id: string) => own.find((task) => task.task_id === task_id && task.state === "success")?.report;
    const evaluated = evaluatedSchema.safeParse(reportOf("evaluate_model")).data;
    const registered = registeredSchema.safeParse(reportOf("register_staging")).data;
    return {
      instrument,
      name: registered?.name ?? null,
      version: registered?.version ?? null,
      run_id: evaluated?.run_id ?? null,
      skill: evaluated?.skill ?? null,
      accuracy: evaluated?.accuracy_outside_rollover ?? null,
      net_bp: evaluated?.net_bp_outside_rollover ?? null,
      stage: reportOf("promote_to_production") ? "Production" : registered ? "Staging" : "none",
      reason: own.find((task) => task.state === "skipped" && task.note)?.note ?? null,
    };
  });
}

export function renderTraining(models: readonly TrainedModel[]): string {
  const rows = models.map((model) => [
    model.instrument,
    model.version === null ? "none" : `${model.name}/${model.version}`,
    model.stage,
    model.skill ?? "-",
    accuracyText(model),
    netText(model),
    model.run_id ?? "-",
  ]);
  const titles = ["instrument", "version", "stage", "skill", "accuracy [95 %]", "bp a trade [95 %]", "run"].map((title) => ({ title }));
  const reasons = models.flatMap(({ instrument, reason }) =>
    reason === null ? [] : [wrapText(`${instrument}: ${reason}`, COLUMNS, "  ")],
  );
  return [renderTable(titles, rows), wrapText(CLAIM_NOTE, COLUMNS, ""), ...reasons].join("\n");
}
