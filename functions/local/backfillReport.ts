import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { AppError } from "../../shared/errors.ts";
import { renderTable } from "./table.ts";
import type { ModelHistory, WorkerClient } from "./workerClient.ts";

/** What a backfill made of one instrument's model. */
export interface BackfillTally {
  readonly instrument: string;
  readonly model: string;
  readonly versions: string[];
  promotions: number;
}

/** Adds what a training registered and its validation promoted. Reports name the model and the version. */
export function tally(tallies: Map<string, BackfillTally>, tasks: readonly TaskInstance[]): void {
  for (const task of tasks) {
    const { name, version } = { name: task.report?.["name"], version: task.report?.["version"] };
    if (task.state !== "success" || typeof name !== "string" || typeof version !== "string") continue;
    const row = tallies.get(task.map_key) ?? { instrument: task.map_key, model: name, versions: [], promotions: 0 };
    tallies.set(task.map_key, row);
    if (task.task_id === "register_staging" && !row.versions.includes(version)) row.versions.push(version);
    if (task.task_id === "promote_model") row.promotions += 1;
  }
}

/** The last version's out-of-fold results beside those of always saying the more frequent direction. */
export async function renderBackfillReport(client: WorkerClient, tallies: Iterable<BackfillTally>): Promise<string> {
  const rows: string[][] = [];
  for (const row of tallies) rows.push(cellsOf(row, await historyOrNull(client, row.model)));
  if (rows.length === 0) return "No model was trained.";
  const columns = [
    { title: "instrument" },
    { title: "versions", align: "right" },
    { title: "promoted", align: "right" },
    { title: "accuracy [95 %]" },
    { title: "log loss", align: "right" },
    { title: "majority", align: "right" },
  ] as const;
  return `${renderTable(columns, rows)}\nOut of fold, of the last version. majority: log loss of the more frequent direction's base rate.`;
}

export function cellsOf(row: BackfillTally, history: ModelHistory | null): string[] {
  const last = row.versions.at(-1);
  const metrics = history?.versions.find((version) => version.version === last)?.metrics ?? {};
  const number = (name: string) => metrics[name]?.toFixed(4) ?? "-";
  const accuracy =
    metrics["accuracy"] === undefined ? "-" : `${number("accuracy")} [${number("accuracy_low")}, ${number("accuracy_high")}]`;
  return [row.instrument, String(row.versions.length), String(row.promotions), accuracy, number("log_loss"), number("majority_log_loss")];
}

async function historyOrNull(client: WorkerClient, name: string): Promise<ModelHistory | null> {
  try {
    return await client.model(name);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
