import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { optimalAccuracy } from "../../../../shared/domain/plantedSignal.ts";
import { AppError } from "../../../../shared/errors.ts";
import { NOTIFY_VARIABLES } from "../../../../shared/notify/notifySettings.ts";
import type { PartDrain, PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { codeVersion } from "../codeVersion.ts";
import { writeEnvFile } from "../envFile.ts";
import type { Environment } from "../environment.ts";
import { ADDRESS_VARIABLE, INSPECTOR_VARIABLE, urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan, sidecarPorts } from "../stackPlan.ts";
import { wranglerDevArguments, wranglerEnvironment } from "../wranglerTool.ts";

/**
 * Slices at once: the queue of one machine hands out one batch after another, so that with one, a slice that waits for a slow sidecar or
 * site would hold every pipeline up.
 */
const HINTS_AT_ONCE = "4";

/** The Worker in wrangler dev. It is up when it answers, even if a component of it is not (503). */
export function workerPart(plan: StackPlan): PartSpec {
  const { inspector_port, worker_host } = plan.settings;
  if (inspector_port !== null) throw onlyServe(INSPECTOR_VARIABLE, "wrangler dev has no inspector here");
  if (worker_host !== HOST) throw onlyServe(ADDRESS_VARIABLE, "wrangler dev is for this machine alone");
  const env_file = join(plan.store.folder, "worker.env");
  writeEnvFile(env_file, workerVariables(plan));
  return {
    name: "worker",
    command: process.execPath,
    args: wranglerDevArguments(join(plan.root, "functions", "local", "dev", "main.cjs")),
    env: childEnvironment(plan, { ...wranglerEnvironment(plan), FX_DEV_HOST: JSON.stringify(devHost(plan, env_file)) }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(plan.ports.worker)}/health`, statuses: [200, 503] },
    up_within_ms: 90 * SECOND,
    drain: workerDrain(plan),
    stop_within_ms: 8 * SECOND,
    needs_all: true,
  };
}

function onlyServe(variable: string, why: string): AppError {
  return new AppError("invalid_request", `${variable} is set, and ${why}. Unset it, or use: npm run fx -- serve`, {
    details: { field: variable },
  });
}

/** Tells the Worker to refuse requests, and waits for the predictions that it has answered. */
export function workerDrain({ ports, tokens }: StackPlan): PartDrain {
  return { url: `${urlOf(ports.worker)}/drain`, token: tokens.journal, within_ms: 8 * SECOND };
}

/** The Worker's variables, and the secrets: all that it has on this machine. */
export function workerVariables(plan: StackPlan): Record<string, string> {
  const { settings, ports, tokens } = plan;
  const isSandbox = plan.origin === "sandbox";
  // What is replayed from a folder has no planted signal, and its best accuracy is unknown.
  const isSimulated = isSandbox && settings.sandbox_candles === null;
  return {
    SQLD_URL: urlOf(ports.sqld),
    SQLD_AUTH_TOKEN: tokens.sqld,
    SIDECAR_URL: settings.sidecar_url ?? sidecarPorts(plan).map(urlOf).join(","),
    SIDECAR_TOKEN: tokens.sidecar,
    JOURNAL_URL: urlOf(plan.journal_port),
    JOURNAL_TOKEN: tokens.journal,
    PREDICTIONS_ANSWER: settings.predictions_answer,
    OANDA_API_URL: isSandbox ? urlOf(ports.sandbox) : (settings.oanda?.url ?? ""),
    OANDA_API_TOKEN: isSandbox ? tokens.sandbox : (settings.oanda?.token ?? ""),
    MARKET_ORIGIN: plan.origin,
    // Its sites want to be told whom to write to, as real ones do: on one machine, that is the Worker.
    ...(isSandbox ? { NEWS_SANDBOX_URL: urlOf(ports.sandbox), NEWS_CONTACT: `${urlOf(ports.worker)}/` } : {}),
    // Who is told on this machine can follow the links on it.
    PUBLIC_URL: urlOf(ports.worker),
    HINTS_AT_ONCE,
    CODE_VERSION: codeVersion(plan.root) ?? "",
    INSTRUMENTS: settings.instruments.join(","),
    ...(plan.clock_offset_ms === null ? {} : { FX_CLOCK_OFFSET_MS: String(plan.clock_offset_ms) }),
    ...(isSimulated ? { MAX_PLAUSIBLE_ACCURACY: String(optimalAccuracy(settings.sandbox_signal)) } : {}),
    ...(tokens.admin === null ? {} : { ADMIN_TOKEN: tokens.admin }),
    ...(plan.api_keys.length === 0 ? {} : { API_KEYS: JSON.stringify(plan.api_keys) }),
    ...handedOn(plan.env, [
      "ALLOWED_HOSTS",
      "CLIENT_ADDRESS_HEADER",
      "CORS_ORIGINS",
      "RATE_LIMITS",
      "CLOSED_PAGES",
      "SPIKE_GUARD",
      "TRADE_LONG_ABOVE",
      "TRADE_SHORT_BELOW",
      "ONLINE_TTL",
      "TRAINING_DEVICE",
      "RETENTION_DAYS",
      "CHAMPION_MAX_AGE_DAYS",
      "CHALLENGER_NET_LOSS_BP",
      "CODE_VERSION",
      // Over the sandbox's own.
      "MAX_PLAUSIBLE_ACCURACY",
      "OANDA_SLOTS",
      "WIDE_SLOTS",
      "HINTS_AT_ONCE",
      "NEWS_FEEDS",
      "NEWS_ALLOWED_ORIGINS",
      "NEWS_CONTACT",
      ...Object.keys(NOTIFY_VARIABLES),
    ]),
  };
}

function handedOn(env: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** What dev/main.cjs reads. The variables are not in it, since they hold secrets: they stand in a file that only its owner may read. */
function devHost(plan: StackPlan, env_file: string) {
  return {
    config: join(plan.root, "wrangler.toml"),
    env_file,
    host: HOST,
    port: plan.ports.worker,
    persist_to: join(plan.store.folder, "worker"),
  };
}
