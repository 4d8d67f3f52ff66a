import { Hono } from "hono";
import type { SentimentHealth } from "../../shared/contracts/sentiment.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { type Instant, MINUTE, SECOND, toIso } from "../../shared/domain/instant.ts";
import { barEndAfter, LATE_BAR_AFTER_MS } from "../../shared/domain/lateness.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import { modelNameOf } from "../../shared/models/trainingProfile.ts";
import type { Ports } from "../steps/ports.ts";

/** "down" of a critical component makes the answer 503; "degraded" says that something works less well and what. */
export type ComponentStatus = "ok" | "degraded" | "down";

export interface ComponentHealth {
  readonly status: ComponentStatus;
  readonly detail: string;
}

interface Probe {
  readonly critical: boolean;
  check(ports: Ports): Promise<ComponentHealth>;
}

const PROBE_TIMEOUT_MS = 2 * SECOND;

const PROBES: Readonly<Record<string, Probe>> = {
  libsql: { critical: true, check: checkStore },
  online_store: { critical: true, check: checkOnlineStore },
  sidecar: { critical: false, check: checkSidecar },
  candles: { critical: false, check: checkCandles },
  models: { critical: false, check: checkModels },
};

/** GET /health: 200 or 503, a line for every component. */
export function healthRoutes(ports: Ports): Hono {
  return new Hono().get("/health", async (context) => {
    const entries = await Promise.all(Object.entries(PROBES).map(async ([name, probe]) => [name, await run(probe, ports)] as const));
    const isDown = entries.some(([name, health]) => health.status === "down" && PROBES[name]?.critical);
    const isDegraded = entries.some(([, health]) => health.status !== "ok");
    const status = isDown ? "down" : isDegraded ? "degraded" : "ok";
    return context.json({ status, time: toIso(ports.clock.now()), components: Object.fromEntries(entries) }, isDown ? 503 : 200);
  });
}

/** A probe that throws or takes too long is down; the reason is the detail, not a lost error. */
async function run(probe: Probe, ports: Ports): Promise<ComponentHealth> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("store_unavailable", `no answer in ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([probe.check(ports), timeout]);
  } catch (error) {
    return { status: "down", detail: toAppError(error).message };
  } finally {
    clearTimeout(timer);
  }
}

async function checkStore(ports: Ports): Promise<ComponentHealth> {
  const market = await ports.bars.market();
  return { status: "ok", detail: market === null ? "answers; holds no candle yet" : `answers; holds ${market} candles` };
}

async function checkOnlineStore(ports: Ports): Promise<ComponentHealth> {
  const rows = await ports.online.read(ports.config.instruments[0] ?? "USD_SGD");
  return rows ? { status: "ok", detail: "answers" } : { status: "ok", detail: "answers; nothing is materialized yet" };
}

async function checkSidecar(ports: Ports): Promise<ComponentHealth> {
  const [{ training }, sentiment] = await Promise.all([ports.trainer.health(), ports.sentiment.health()]);
  const reader = describeReader(sentiment);
  if (!training.available) return { status: "degraded", detail: `cannot train: ${training.reason ?? "no reason given"}; ${reader}` };
  const device = training.cuda ? "CUDA" : "CPU";
  // The lexicon is what a sidecar without a model is meant to read with; with a model, that it does is a failure.
  const isAsConfigured = sentiment.engine === "fingpt" || sentiment.base === null;
  const trains = `XGBoost ${training.library_version} on ${device}; ${training.running} running, ${training.queued} queued`;
  return { status: isAsConfigured ? "ok" : "degraded", detail: `${trains}; ${reader}` };
}

function describeReader({ engine, device, reason }: SentimentHealth): string {
  if (engine === "fingpt") return `FinGPT on ${device === "cpu" ? "CPU" : device} reads the news`;
  return `the lexicon reads the news (${reason ?? "no reason given"})`;
}

async function checkCandles(ports: Ports): Promise<ComponentHealth> {
  const now = ports.clock.now();
  const late: string[] = [];
  for (const instrument of ports.config.instruments) {
    const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
    const problem = last === null ? "has none" : problemOfBars(last + BASE_GRANULARITY_MS, now);
    if (problem !== null) late.push(`${instrument} ${problem}`);
  }
  return late.length === 0
    ? { status: "ok", detail: `${ports.config.instruments.length} instruments are current` }
    : { status: "degraded", detail: late.join("; ") };
}

/** By the clock, not by market hours: Friday's last bar is missing on Saturday too. */
function problemOfBars(last_end: Instant, now: Instant): string | null {
  if (last_end > now) return `has bars until ${toIso(last_end)}, which is after now: the clock has gone back`;
  const due = barEndAfter(last_end, BASE_GRANULARITY);
  if (now - due <= LATE_BAR_AFTER_MS) return null;
  return `ends at ${toIso(last_end)}: the bar of ${toIso(due)} is ${Math.floor((now - due) / MINUTE)} min late`;
}

async function checkModels(ports: Ports): Promise<ComponentHealth> {
  const now = ports.clock.now();
  const names = ports.config.instruments.map(modelNameOf);
  const production = await Promise.all(names.map((name) => ports.tracking.productionAt(name, now)));
  const missing = names.filter((_name, index) => production[index] === null);
  return missing.length === 0
    ? { status: "ok", detail: `${names.length} models in Production` }
    : { status: "degraded", detail: `not in Production: ${missing.join(", ")}` };
}
