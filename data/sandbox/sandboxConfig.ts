import { type AllowedHosts, allowedHostsOf } from "../../shared/contracts/allowedHosts.ts";
import { type Instant, requireInstant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";

export interface SandboxConfig {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly signal: number;
  /** Folder of recorded candles, null to simulate every instrument. */
  readonly candles: string | null;
  readonly token: string;
  readonly allowed_hosts: AllowedHosts;
  /** Where the process's clock starts, null for the real time. */
  readonly clock_start: Instant | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_PORT = 65_535;
const MAX_SEED = 4_294_967_295;

/** Reads the sandbox's settings. A bad one is an error that names it, what it was and what it may be. */
export function readSandboxConfig(env: Environment): SandboxConfig {
  const fx_clock = env["FX_CLOCK"] || null;
  const host = env["SANDBOX_HOST"] || "127.0.0.1";
  return {
    port: readInteger(env, "SANDBOX_PORT", 8_792, MAX_PORT),
    host,
    seed: readInteger(env, "SANDBOX_SEED", 1, MAX_SEED),
    signal: readSignal(env["SANDBOX_SIGNAL"] || "0.2"),
    candles: env["SANDBOX_CANDLES"] || null,
    token: env["SANDBOX_TOKEN"] || "sandbox",
    allowed_hosts: allowedHostsOf(env["ALLOWED_HOSTS"], host),
    clock_start: fx_clock === null ? null : requireInstant(fx_clock, "FX_CLOCK"),
  };
}

function readInteger(env: Environment, name: string, otherwise: number, max: number): number {
  const text = env[name] || String(otherwise);
  if (/^\d{1,10}$/.test(text) && Number(text) <= max) return Number(text);
  throw new AppError("invalid_request", `${name}: "${text}" is not a whole number from 0 to ${max}.`);
}

function readSignal(text: string): number {
  const signal = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (signal >= 0 && signal <= 1) return signal;
  throw new AppError("invalid_request", `SANDBOX_SIGNAL: "${text}" is not a number from 0 (pure noise) to 1 (each bar known beforehand).`);
}
