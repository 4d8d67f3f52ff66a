import type { ComponentHealth, Health } from "../../shared/contracts/health.ts";
import { healthRoute } from "../../shared/contracts/health.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { Answer } from "../../shared/contracts/route/routeTypes.ts";
import type { SentimentHealth } from "../../shared/contracts/sentiment.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { type Instant, MINUTE, SECOND, toIso } from "../../shared/domain/instant.ts";
import { barEndAfter, LATE_BAR_AFTER_MS } from "../../shared/domain/lateness.ts";
import { toAppError } from "../../shared/errors.ts";
import { knownViews } from "../../shared/features/views.ts";
import type { Sidecar } from "../../shared/ports/sidecars.ts";
import type { Ports } from "../pipelines/ports.ts";
import { withinTime } from "../serving/withinTime.ts";
import { createModelCheck } from "./checkModels.ts";
import { checkDatabase, checkDatabaseSchema, checkDatabaseWrites, checkLake, checkOnlineStore } from "./checkStores.ts";
import { keptFor } from "./keptFor.ts";

interface Probe {
  /** Down, it makes the whole answer 503. */
  readonly critical: boolean;
  /** A look that takes long for its own reasons does not make the answer 503. */
  readonly is_slow?: boolean;
  /** What to do when it does not answer. */
  readonly remedy: string;
  check(): Promise<ComponentHealth>;
}

const PROBE_TIMEOUT_MS = 2 * SECOND;
/** A write costs a little, and each model is hashed. */
const KEPT = { good_ms: 30 * SECOND, bad_ms: 5 * SECOND } as const;

const LOGS = "On one machine its log in the store says why, and fx starts it again";
const REMEDIES = {
  libsql: `${LOGS}; elsewhere check SQLD_URL and SQLD_AUTH_TOKEN.`,
  lake: "On one machine it is a part of the Worker (worker.log in the store); elsewhere check the R2 bucket of wrangler.toml.",
  online_store: "On one machine it is a part of the Worker (worker.log in the store); elsewhere check the KV namespace of wrangler.toml.",
  sidecar: `${LOGS}; elsewhere check SIDECAR_URL and SIDECAR_TOKEN.`,
  models: "Each is read and hashed anew twice a minute; ask again in a while.",
} as const;

function probesOf(ports: Ports): Readonly<Record<string, Probe>> {
  const kept = (look: () => Promise<ComponentHealth>) => keptFor(ports.clock, KEPT, look, ({ status }) => status === "ok");
  const database = kept(() => checkDatabaseWrites(ports.writes));
  const schema = kept(() => checkDatabaseSchema(ports));
  return {
    libsql: { critical: true, remedy: REMEDIES.libsql, check: () => checkDatabase(ports, schema, database) },
    lake: { critical: false, remedy: REMEDIES.lake, check: kept(() => checkLake(ports.writes)) },
    online_store: { critical: true, remedy: REMEDIES.online_store, check: () => checkOnlineStore(ports) },
    ...sidecarProbes(ports),
    candles: { critical: false, remedy: REMEDIES.libsql, check: () => checkCandles(ports) },
    models: { critical: true, is_slow: true, remedy: REMEDIES.models, check: kept(createModelCheck(ports, knownViews(ports.config))) },
  };
}

export function healthRoutes(ports: Ports): MountedRoute {
  const probes = probesOf(ports);
  return handle(healthRoute, async () => {
    const entries = await Promise.all(Object.entries(probes).map(async ([name, probe]) => [name, await run(probe)] as const));
    const isDown = entries.some(([name, health]) => health.status === "down" && probes[name]?.critical);
    const isDegraded = entries.some(([, health]) => health.status !== "ok");
    const status = isDown ? "down" : isDegraded ? "degraded" : "ok";
    const health: Health = { status, time: toIso(ports.clock.now()), components: Object.fromEntries(entries) };
    return isDown ? new Answer(503, health) : new Answer(200, health);
  });
}

/** A probe that throws or takes too long is down; the reason is the detail, not a lost error. */
async function run(probe: Probe): Promise<ComponentHealth> {
  try {
    return await withinTime(probe.check(), PROBE_TIMEOUT_MS);
  } catch (error) {
    return { status: probe.is_slow ? "degraded" : "down", detail: `${toAppError(error).message.replace(/\.$/, "")}. ${probe.remedy}` };
  }
}

/** Of several each under its own name: the work goes on while one is left. */
function sidecarProbes({ sidecars: { all } }: Pick<Ports, "sidecars">): Readonly<Record<string, Probe>> {
  const probes = all.map((sidecar) => {
    const name = all.length === 1 ? "sidecar" : `sidecar ${sidecar.name}`;
    return [name, { critical: false, remedy: REMEDIES.sidecar, check: () => checkSidecar(sidecar) }] as const;
  });
  return Object.fromEntries(probes);
}

async function checkSidecar(sidecar: Sidecar): Promise<ComponentHealth> {
  const [{ training }, sentiment] = await Promise.all([sidecar.trainer.health(), sidecar.sentiment.health()]);
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
