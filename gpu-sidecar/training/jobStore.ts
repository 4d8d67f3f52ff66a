import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type TrainingResult, type TrainingSpec, trainingJobSchema, trainingSpecSchema } from "../../shared/contracts/training.ts";
import { TEMPORARY_SUFFIX, temporaryName, writeAtomic } from "../writeAtomic.ts";
import type { ChildTask, ModelFiles } from "./childMessages.ts";

const jobEntrySchema = z.object({ job: trainingJobSchema, spec: trainingSpecSchema });
export type JobEntry = z.infer<typeof jobEntrySchema>;

export type ModelFormat = "ubj" | "json";

/** Where one attempt writes the model, and each of its parts. */
export type AttemptPaths = Pick<ChildTask, "model_paths" | "part_paths">;

/** One folder a job: job.json (state and spec), and when it is done result.json, model.ubj and model.json; of each part model.PART.ubj and .json. */
export class JobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every job on disk. A folder without a readable job.json is from a write that never ended: it is removed. */
  async load(onUnreadable: (job_id: string, reason: string) => void): Promise<JobEntry[]> {
    await mkdir(this.#folder, { recursive: true });
    const entries: JobEntry[] = [];
    for (const job_id of await readdir(this.#folder)) {
      await this.#sweep(job_id);
      try {
        entries.push(jobEntrySchema.parse(JSON.parse(await readFile(this.#file(job_id, "job.json"), "utf8"))));
      } catch (error) {
        onUnreadable(job_id, error instanceof Error ? error.message : String(error));
        this.remove(job_id);
      }
    }
    return entries;
  }

  /** Synchronous, so that the states of a job reach the disk in their order. The file has a few kilobytes. */
  save(entry: JobEntry): void {
    const path = this.#file(entry.job.job_id, "job.json");
    mkdirSync(join(this.#folder, entry.job.job_id), { recursive: true });
    const temporary = temporaryName(path);
    writeFileSync(temporary, JSON.stringify(entry));
    renameSync(temporary, path);
  }

  /** Names for the model files of one attempt; a killed attempt cannot touch those of the next one. */
  attemptPaths(job_id: string, { parts = [] }: Pick<TrainingSpec, "parts">): AttemptPaths {
    const attempt = randomUUID();
    const path = (format: ModelFormat, part?: string) => this.#file(job_id, `${modelFile(format, part)}.${attempt}${TEMPORARY_SUFFIX}`);
    const paths = (part?: string): ModelFiles => ({ ubj: path("ubj", part), json: path("json", part) });
    return { model_paths: paths(), part_paths: Object.fromEntries(parts.map(({ name }) => [name, paths(name)])) };
  }

  async saveResult(job_id: string, { model_paths, part_paths }: AttemptPaths, result: TrainingResult): Promise<void> {
    for (const [part, paths] of [[undefined, model_paths] as const, ...Object.entries(part_paths)]) {
      for (const format of ["ubj", "json"] as const) {
        await syncFile(paths[format]);
        await rename(paths[format], this.#file(job_id, modelFile(format, part)));
      }
    }
    await writeAtomic(this.#file(job_id, "result.json"), JSON.stringify(result));
  }

  hasResult(job_id: string, { parts = [] }: Pick<TrainingSpec, "parts">): boolean {
    const models = [undefined, ...parts.map(({ name }) => name)].flatMap((part) => [modelFile("ubj", part), modelFile("json", part)]);
    return ["result.json", ...models].every((name) => existsSync(this.#file(job_id, name)));
  }

  /** The stored JSON text, as it was written. */
  readResult(job_id: string): Promise<Uint8Array> {
    return readFile(this.#file(job_id, "result.json"));
  }

  readModel(job_id: string, format: ModelFormat, part?: string): Promise<Uint8Array> {
    return readFile(this.#file(job_id, modelFile(format, part)));
  }

  /** Synchronous, so that no new attempt of the same job can write in between. */
  remove(job_id: string): void {
    rmSync(join(this.#folder, job_id), { recursive: true, force: true });
  }

  async #sweep(job_id: string): Promise<void> {
    const names = await readdir(join(this.#folder, job_id)).catch(() => [] as string[]);
    for (const name of names) {
      if (name.endsWith(TEMPORARY_SUFFIX)) await rm(this.#file(job_id, name), { force: true });
    }
  }

  #file(job_id: string, name: string): string {
    return join(this.#folder, job_id, name);
  }
}

function modelFile(format: ModelFormat, part: string | undefined): string {
  return part === undefined ? `model.${format}` : `model.${part}.${format}`;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
