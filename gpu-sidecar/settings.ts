import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { AppError } from "../shared/errors.ts";

export interface Settings {
  /** 0 lets the system pick a free port; the listening line says which. */
  readonly port: number;
  readonly host: string;
  readonly data_dir: string;
  /** Training processes at once, over all jobs. */
  readonly training_workers: number;
  /** Jobs that may wait; one more is answered 429. */
  readonly queue_limit: number;
  /** Ended jobs that are kept on disk. */
  readonly keep_jobs: number;
  /** Bearer token that /v1 asks for, or null for none. */
  readonly token: string | null;
}

const wholeNumber = (name: string, min: number, max: number, fallback: number) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === "" ? fallback : Number(text)))
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, `${name} must be a whole number from ${min} to ${max}`);

const text = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value === "" ? fallback : value));

/** Reads the environment; throws one sentence that names the variable and what it was. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = settingsSchema.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "the environment");
    throw new AppError("invalid_request", `${issue?.message ?? "invalid settings"}, was "${env[name] ?? ""}"`);
  }
  const values = parsed.data;
  return {
    port: values.SIDECAR_PORT,
    host: values.SIDECAR_HOST,
    data_dir: resolve(values.SIDECAR_DATA),
    training_workers: values.SIDECAR_TRAINING_WORKERS,
    queue_limit: values.SIDECAR_QUEUE_LIMIT,
    keep_jobs: values.SIDECAR_KEEP_JOBS,
    token: values.SIDECAR_TOKEN === "" ? null : values.SIDECAR_TOKEN,
  };
}

const settingsSchema = z.object({
  SIDECAR_PORT: wholeNumber("SIDECAR_PORT", 0, 65_535, 8_791),
  SIDECAR_HOST: text("127.0.0.1"),
  SIDECAR_DATA: text("./data/lake/sidecar"),
  SIDECAR_TRAINING_WORKERS: wholeNumber("SIDECAR_TRAINING_WORKERS", 1, 256, Math.max(1, availableParallelism())),
  SIDECAR_QUEUE_LIMIT: wholeNumber("SIDECAR_QUEUE_LIMIT", 1, 10_000, 32),
  SIDECAR_KEEP_JOBS: wholeNumber("SIDECAR_KEEP_JOBS", 1, 100_000, 200),
  SIDECAR_TOKEN: text(""),
});
