import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import type { ModelHistory } from "../../../shared/contracts/models.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { AppError } from "../../../shared/errors.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { accuracyText, baselineText, CLAIM_NOTE, figuresOf, netText } from "./showClaim.ts";
import { renderTable } from "./table.ts";

/** What a backfill made of one instrument's model. */
export interface BackfillTally {
  readonly instrument: string;
  readonly model: string;
  readonly versions: string[];
  promotions: number;
  /** Of the promotions, those into the past alone: a model of a later time serves, and stays. */
  past: number;
}

/** The last is its name in runs from before each check was a task. */
const PROMOTING_STEPS = ["promote_to_production", "promote_model"];
/** Steps that are skipped where an interval gets no new model in Production. */
const PROMOTION_STEPS = ["assemble_training_set", ...PROMOTING_STEPS];
const MAX_REASONS = 10;
/** Of a registered model, where a reason names one. */
const VERSION = /\/\d+\b/;

/** Adds what a training registered and its validation promoted. Reports name the model and the version. */
export function tally(tallies: Map<string, BackfillTally>, tasks: readonly TaskInstance[]): void {
  for (const task of tasks) {
    const { name, version } = { name: task.report?.["name"], version: task.report?.["version"] };
    if (task.state !== "success" || typeof name !== "string" || typeof version !== "string") continue;
    const row = tallies.get(task.map_key) ?? { instrument: task.map_key, model: name, versions: [], promotions: 0, past: 0 };
    tallies.set(task.map_key, row);
    if (task.task_id === "register_staging" && !row.versions.includes(version)) row.versions.push(version);
    if (!PROMOTING_STEPS.includes(task.task_id)) continue;
    row.promotions += 1;
    if (task.report?.["serves"] === false) row.past += 1;
  }
}

/** Why tasks of a training or its validation led to no promotion. */
export function reasonsOf(tasks: readonly TaskInstance[]): string[] {
  return tasks.flatMap((task) => (PROMOTION_STEPS.includes(task.task_id) && task.state === "skipped" && task.note ? [task.note] : []));
}

/** The reasons one below the other, each once, and one for all versions that share it; null without any. */
export function renderReasons(reasons: readonly string[]): string | null {
  const shared = new Map<string, string[]>();
  for (const reason of new Set(reasons)) {
    const alike = reason.replace(VERSION, "/");
    shared.set(alike, [...(shared.get(alike) ?? []), reason]);
  }
  const distinct = [...shared.values()].map(([first, ...others]) =>
    others.length > 0 ? `${first} (and ${counted(others.length, "more version")})` : first!,
  );
  if (distinct.length === 0) return null;
  const more = distinct.length > MAX_REASONS ? [`and ${distinct.length - MAX_REASONS} more: npm run fx -- runs model_validation`] : [];
  return ["Not promoted:", ...[...distinct.slice(0, MAX_REASONS), ...more].map((line) => `  ${line}`)].join("\n");
}

/** What the last version of each instrument may claim. */
export async function renderBackfillReport(client: WorkerClient, tallies: readonly BackfillTally[]): Promise<string> {
  const rows: string[][] = [];
  for (const row of tallies) rows.push(cellsOf(row, await historyOrNull(client, row.model)));
  if (rows.length === 0) return "No model was trained.";
  const columns = [
    { title: "instrument" },
    { title: "versions", align: "right" },
    { title: "promoted", align: "right" },
    { title: "accuracy [95 %]" },
    { title: "best baseline" },
    { title: "bp a trade [95 %]" },
    { title: "skill" },
  ] as const;
  const past = tallies.some((row) => row.past > 0)
    ? "\ninto the past: in Production for their time in the history (predict --at); what serves now is of a later time, and stays."
    : "";
  return `${renderTable(columns, rows)}\nOf the last version. ${CLAIM_NOTE}${past}`;
}

export function cellsOf(row: BackfillTally, history: ModelHistory | null): string[] {
  const last = history?.versions.find((version) => version.version === row.versions.at(-1));
  const promoted = row.past === 0 ? String(row.promotions) : `${row.promotions} (${row.past} into the past)`;
  const counts = [row.instrument, String(row.versions.length), promoted];
  if (last === undefined) return [...counts, "-", "-", "-", "-"];
  const figures = figuresOf(last);
  return [...counts, accuracyText(figures), baselineText(figures), netText(figures), last.skill];
}

async function historyOrNull(client: WorkerClient, name: string): Promise<ModelHistory | null> {
  try {
    return await client.model(name);
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown_model") return null;
    throw error;
  }
}
