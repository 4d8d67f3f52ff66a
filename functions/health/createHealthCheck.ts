import type { ComponentHealth, Health } from "../../shared/contracts/health.ts";
import { SECOND, toIso } from "../../shared/domain/instant.ts";
import { toAppError } from "../../shared/errors.ts";
import { knownViews } from "../../shared/features/views.ts";
import { withinTime } from "../serving/withinTime.ts";
import { checkCandles } from "./checkCandles.ts";
import { checkSidecar } from "./checkSidecar.ts";
import { checkDatabase, checkDatabaseSchema, checkDatabaseWrites, checkLake, checkOnlineStore } from "./checkStores.ts";
import { createModelCheck } from "./createModelCheck.ts";
import type { HealthPorts } from "./healthPorts.ts";
import { keptFor } from "./keptFor.ts";

interface Probe {
  /** Down, it makes the whole down. */
  readonly critical: boolean;
  /** A look that takes long for its own reasons does not make it down. */
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

/** A look at every component: all at once, each for a limited time. "down" where a critical one is. */
export function createHealthCheck(ports: HealthPorts): () => Promise<Health> {
  const probes = probesOf(ports);
  return async () => {
    const entries = await Promise.all(Object.entries(probes).map(async ([name, probe]) => [name, await run(probe)] as const));
    const isDown = entries.some(([name, health]) => health.status === "down" && probes[name]?.critical);
    const isDegraded = entries.some(([, health]) => health.status !== "ok");
    const status = isDown ? "down" : isDegraded ? "degraded" : "ok";
    return { status, time: toIso(ports.clock.now()), components: Object.fromEntries(entries) };
  };
}

function probesOf(ports: HealthPorts): Readonly<Record<string, Probe>> {
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

/** A probe that throws or takes too long is down; the reason is the detail, not a lost error. */
async function run(probe: Probe): Promise<ComponentHealth> {
  try {
    return await withinTime(probe.check(), PROBE_TIMEOUT_MS);
  } catch (error) {
    return { status: probe.is_slow ? "degraded" : "down", detail: `${toAppError(error).message.replace(/\.$/, "")}. ${probe.remedy}` };
  }
}

/** Of several each under its own name: the work goes on while one is left. */
function sidecarProbes({ sidecars: { all } }: Pick<HealthPorts, "sidecars">): Readonly<Record<string, Probe>> {
  const probes = all.map((sidecar) => {
    const name = all.length === 1 ? "sidecar" : `sidecar ${sidecar.name}`;
    return [name, { critical: false, remedy: REMEDIES.sidecar, check: () => checkSidecar(sidecar) }] as const;
  });
  return Object.fromEntries(probes);
}
