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
  /** Archived: what serves is of later data, and it was in Production before that. */
  readonly stage: "Production" | "Archived" | "Staging" | "none";
  /** Why it does not serve, where a task said so. */
  readonly reason: string | null;
}

const evaluatedSchema = z.object({
  run_id: z.string(),
  skill: z.string(),
  accuracy_outside_rollover: modelClaimSchema.shape.accuracy,
  net_bp_outside_rollover: modelClaimSchema.shape.net_bp,
});
const registeredSchema = z.object({ name: z.string(), version: z.string() });
const promotedSchema = z.object({ promoted_at: z.string(), serves: z.boolean(), until: z.string().optional() });
/** Of a pooled training, what it made of each pair. */
const partsOf = <Part extends z.ZodType>(part: Part) => z.object({ parts: z.record(z.string(), part).default({}) });
const COLUMNS = 116;

/** From the tasks of a training run and of the validation that it triggered, which may be none. */
export function trainedModels(training: readonly TaskInstance[], validation: readonly TaskInstance[]): TrainedModel[] {
  const instruments = [...new Set(training.map(({ map_key }) => map_key))].filter((map_key) => map_key !== "").sort();
  return instruments.flatMap((instrument) => {
    const own = training.filter(({ map_key }) => map_key === instrument);
    const [evaluated, registered] = [reportOf(own, "evaluate_model"), reportOf(own, "register_staging")];
    const skipped = own.find(isExplained)?.note ?? null;
    const parts = partsOf(evaluatedSchema).safeParse(evaluated).data?.parts ?? {};
    const versions = partsOf(registeredSchema).safeParse(registered).data?.parts ?? {};
    return [
      trainedModel(instrument, { evaluated, registered, skipped }, validation),
      ...Object.entries(parts).map(([pair, part]) =>
        trainedModel(pair, { evaluated: part, registered: versions[pair], skipped }, validation),
      ),
    ];
  });
}

interface Reports {
  readonly evaluated: unknown;
  readonly registered: unknown;
  /** Why training ended before its end. */
  readonly skipped: string | null;
}

function trainedModel(instrument: string, reports: Reports, validation: readonly TaskInstance[]): TrainedModel {
  const own = validation.filter(({ map_key }) => map_key === instrument);
  const evaluated = evaluatedSchema.safeParse(reports.evaluated).data;
  const registered = registeredSchema.safeParse(reports.registered).data;
  const promoted = promotedSchema.safeParse(reportOf(own, "promote_to_production")).data;
  return {
    instrument,
    name: registered?.name ?? null,
    version: registered?.version ?? null,
    run_id: evaluated?.run_id ?? null,
    skill: evaluated?.skill ?? null,
    accuracy: evaluated?.accuracy_outside_rollover ?? null,
    net_bp: evaluated?.net_bp_outside_rollover ?? null,
    stage: promoted ? (promoted.serves ? "Production" : "Archived") : registered ? "Staging" : "none",
    reason: reports.skipped ?? own.find(isExplained)?.note ?? (promoted?.serves === false ? pastText(promoted) : null),
  };
}

function pastText({ promoted_at, until }: z.infer<typeof promotedSchema>): string {
  return `it was in Production from ${promoted_at} until ${until}: what serves now is of later data. To have it serve: fx models promote.`;
}

function reportOf(tasks: readonly TaskInstance[], task_id: string) {
  return tasks.find((task) => task.task_id === task_id && task.state === "success")?.report;
}

function isExplained({ state, note }: TaskInstance): boolean {
  return state === "skipped" && note !== null && note !== "";
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
