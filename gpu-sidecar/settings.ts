import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { type AllowedHosts, allowedHostsOf } from "../shared/contracts/allowedHosts.ts";
import { requireBearer } from "../shared/contracts/sendableToken.ts";
import { AppError } from "../shared/errors.ts";
import { GPU_CHOICES, type ModelSettings } from "./sentiment/modelSettings.ts";

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
  /** Names that it is asked by. */
  readonly allowed_hosts: AllowedHosts;
  /** What reads the news. */
  readonly model: ModelSettings;
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

const realNumber = (name: string, min: number, max: number, fallback: number) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value === "" ? fallback : Number(value)))
    .refine((value) => value >= min && value <= max, `${name} must be a number from ${min} to ${max}`);

const choice = <const Options extends readonly string[]>(name: string, options: Options, fallback: Options[number]) =>
  z
    .string()
    .optional()
    .transform((value): Options[number] => (value === undefined || value === "" ? fallback : value))
    .refine((value) => options.includes(value), `${name} must be one of ${options.join(", ")}`);

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
    token: values.SIDECAR_TOKEN === "" ? null : requireBearer("SIDECAR_TOKEN", values.SIDECAR_TOKEN),
    allowed_hosts: allowedHostsOf(values.ALLOWED_HOSTS, values.SIDECAR_HOST),
    model: modelSettings(values),
  };
}

function modelSettings(values: z.output<typeof settingsSchema>): ModelSettings {
  const path = (value: string) => (value === "" ? null : resolve(value));
  return {
    base: path(values.FINGPT_BASE_GGUF),
    adapter: path(values.FINGPT_LORA_GGUF),
    scale: values.FINGPT_LORA_SCALE,
    prompt_market: values.FINGPT_PROMPT_MARKET === "on",
    gpu: values.SIDECAR_GPU,
    lanes: values.SIDECAR_LANES,
    threads: values.SIDECAR_THREADS,
    max_queue: values.SIDECAR_MAX_QUEUE,
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
  ALLOWED_HOSTS: text(""),
  FINGPT_BASE_GGUF: text(""),
  FINGPT_LORA_GGUF: text(""),
  FINGPT_LORA_SCALE: realNumber("FINGPT_LORA_SCALE", 0, 10, 1),
  FINGPT_PROMPT_MARKET: choice("FINGPT_PROMPT_MARKET", ["on", "off"], "off"),
  SIDECAR_GPU: choice("SIDECAR_GPU", GPU_CHOICES, "auto"),
  SIDECAR_LANES: wholeNumber("SIDECAR_LANES", 1, 64, 2),
  // One core is left to everything else: with more threads than free cores llama.cpp waits in circles, a hundred times slower.
  SIDECAR_THREADS: wholeNumber("SIDECAR_THREADS", 1, 256, Math.max(1, availableParallelism() - 1)),
  SIDECAR_MAX_QUEUE: wholeNumber("SIDECAR_MAX_QUEUE", 1, 100_000, 512),
});
