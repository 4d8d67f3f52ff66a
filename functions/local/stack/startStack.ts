import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { buildWeb } from "../assets/buildWeb.ts";
import { refuseNewerStore } from "../care/storeSchema.ts";
import { runTool } from "../commands/runTool.ts";
import { clearLeftovers } from "../processes/leftovers.ts";
import { localFile, nodeArguments } from "../processes/nodeCommand.ts";
import type { PartSpec } from "../processes/part.ts";
import { HOST, pickFreePort, requireFreePorts } from "../processes/ports.ts";
import { createSupervisor, type Supervisor } from "../processes/supervisor.ts";
import { buildFolder, buildWorker } from "../serve/buildWorker.ts";
import { requireBuild } from "../serve/requireBuild.ts";
import { formatDuration } from "../text/formatDuration.ts";
import type { Screen } from "../text/screen.ts";
import { ensureLibrary } from "./ensureLibrary.ts";
import type { Environment } from "./environment.ts";
import { keysOfStack } from "./keyFile.ts";
import { moreSidecarPorts } from "./moreSidecarPorts.ts";
import { journalPart } from "./parts/journalPart.ts";
import { sandboxPart } from "./parts/sandboxPart.ts";
import { servePart } from "./parts/servePart.ts";
import { sidecarPart } from "./parts/sidecarPart.ts";
import { sqldPart } from "./parts/sqldPart.ts";
import { type TickerCrons, tickerPart } from "./parts/tickerPart.ts";
import { workerPart } from "./parts/workerPart.ts";
import { claimStore, type StoreClaim } from "./runFile.ts";
import { ADDRESS_VARIABLE, PORT_VARIABLES, type Settings, type StackPorts, urlOf } from "./settings.ts";
import { childEnvironment, originOf, type StackPlan, sidecarPorts, type WorkerHost } from "./stackPlan.ts";
import { createStackTokens, type StackTokens } from "./stackTokens.ts";
import type { Store } from "./store.ts";

const MIGRATION_HEAP_MB = 192;

export interface StackRequest {
  readonly root: string;
  readonly store: Store;
  readonly settings: Settings;
  readonly ports: StackPorts;
  readonly env: Environment;
  readonly screen: Screen;
  readonly cancelled: AbortSignal;
  /** What happens by schedule: all of it, or only the recovery of lost hints, for a stack that ends with a job. */
  readonly crons: TickerCrons;
  readonly host: WorkerHost;
  /** For people to look at: the web application is built where its sources have changed. */
  readonly with_pages: boolean;
}

export interface Stack {
  readonly worker_url: string;
  readonly plan: StackPlan;
  /** Settles with the reason when a part is given up. */
  readonly failure: Promise<AppError>;
  stop(): Promise<void>;
}

/** Starts everything on one store and returns when it is healthy. What was started is stopped again when a part fails. */
export async function startStack(request: StackRequest): Promise<Stack> {
  const plan = await makePlan(request);
  await refuseNewerStore(plan.root, plan.store.folder);
  const claim = await claimAndClear(plan, request.screen);
  let supervisor: Supervisor | null = null;
  const stop = async () => {
    await supervisor?.stop();
    rmSync(join(plan.store.folder, "worker.env"), { force: true });
    claim.release();
  };
  try {
    await requireFreePorts(wantedPorts(plan));
    supervisor = createSupervisor({
      log_folder: join(plan.store.folder, "logs"),
      onParts: (parts) => claim.update({ parts: [...parts] }),
      say: request.screen.say,
    });
    const force = supervisor.force;
    request.cancelled.addEventListener("abort", () => void stop(), { once: true });
    process.once("exit", force);
    await startParts(plan, supervisor, request);
    return { worker_url: urlOf(plan.ports.worker), plan, failure: supervisor.failure, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makePlan(request: StackRequest): Promise<StackPlan> {
  const { root, store, settings, ports, env, host } = request;
  const clock_offset_ms = settings.clock_start === null ? null : settings.clock_start - Date.now();
  const cron_port = host !== "dev" ? await pickFreePort() : ports.worker;
  const origin = originOf(store, settings);
  const journal_port = await pickFreePort();
  const more_sidecar_ports = await moreSidecarPorts(settings);
  const api_keys = keysOfStack(env, store.folder);
  const tokens = createStackTokens(env, api_keys.length > 0);
  requireKey(settings, tokens);
  const build = settings.worker_build === null ? buildFolder(store) : resolve(settings.worker_build);
  if (host !== "dev" && settings.worker_build !== null) requireBuild(build);
  return {
    root,
    store,
    settings,
    ports,
    more_sidecar_ports,
    env,
    host,
    build,
    cron_port,
    origin,
    journal_port,
    tokens,
    api_keys,
    clock_offset_ms,
  };
}

/** By a loopback name everything is open where no key is set, and whoever asks from another machine chooses the name. */
function requireKey({ worker_host }: Settings, { admin }: StackTokens): void {
  if (worker_host === HOST || admin !== null) return;
  throw new AppError(
    "invalid_request",
    `${ADDRESS_VARIABLE} opens the Worker to other machines, and no key is set: everybody could do everything. Set ADMIN_TOKEN, or make a key: npm run fx -- keys create NAME --scope admin`,
    { details: { field: "ADMIN_TOKEN" } },
  );
}

async function claimAndClear(plan: StackPlan, screen: Screen): Promise<StoreClaim> {
  const { store, ports, more_sidecar_ports, tokens, settings } = plan;
  const claim = claimStore(store.folder, {
    market: store.market,
    worker_url: urlOf(ports.worker),
    ports: { ...ports, ...Object.fromEntries(more_sidecar_ports.map((port, index) => [`sidecar_${index + 2}`, port])) },
    tokens: {
      ...{ sqld: tokens.sqld, sidecar: tokens.sidecar, sandbox: tokens.sandbox },
      // The user's own is in the environment of whoever may use it.
      ...(tokens.admin === null || settings.admin_token !== null ? {} : { worker: tokens.admin }),
    },
    started_at: toIso(Date.now()),
  });
  if (claim.leftover) {
    const ended = await clearLeftovers(claim.leftover);
    if (ended.length > 0) screen.say(`The last run was killed and left ${ended.join(", ")} behind: ended.`);
  }
  return claim;
}

function wantedPorts(plan: StackPlan) {
  const names: (keyof StackPorts)[] = plan.origin === "sandbox" ? ["worker", "sqld", "sandbox"] : ["worker", "sqld"];
  const sidecars = sidecarPorts(plan).map((port) => ({ ...PORT_VARIABLES.sidecar, port }));
  return [...names.map((name) => ({ ...PORT_VARIABLES[name], port: plan.ports[name] })), ...sidecars];
}

async function migrate(plan: StackPlan, cancelled: AbortSignal): Promise<void> {
  const args = [...nodeArguments(localFile("stack/migrateMain.ts"), { heap_mb: MIGRATION_HEAP_MB }), plan.root, urlOf(plan.ports.sqld)];
  const { code, last_line } = await runTool(process.execPath, args, {
    env: childEnvironment(plan, { SQLD_AUTH_TOKEN: plan.tokens.sqld }),
    cwd: plan.root,
    cancelled,
    onLine: () => undefined,
  });
  if (code !== 0) throw new AppError("store_unavailable", last_line === "" ? `The migration ended with code ${code}.` : last_line);
}

async function buildPages(plan: StackPlan, { screen, cancelled }: StackRequest): Promise<void> {
  const took_ms = await buildWeb(plan.root, childEnvironment(plan, {}), cancelled);
  if (took_ms !== null) screen.say(`${"pages".padEnd(12)} built in ${formatDuration(took_ms)}`);
}

/** The database and the services side by side; the Worker when they are up and the schema is right; the ticker last. */
async function startParts(plan: StackPlan, supervisor: Supervisor, request: StackRequest): Promise<void> {
  const up = async (make: () => PartSpec) => {
    const began = Date.now();
    const part = make();
    await supervisor.start(part, make);
    request.screen.say(
      `${part.name.padEnd(12)} up in ${formatDuration(Date.now() - began)}${part.health ? `  ${new URL(part.health.url).origin}` : ""}`,
    );
  };
  const database = up(() => sqldPart(plan))
    .then(() => migrate(plan, request.cancelled))
    .then(() => up(() => journalPart(plan)));
  const ports = sidecarPorts(plan);
  const sidecars =
    ports.length === 0
      ? Promise.resolve()
      : ensureLibrary(request).then(() => Promise.all(ports.map((_port, index) => up(() => sidecarPart(plan, index)))));
  const sandbox = plan.origin === "sandbox" ? up(() => sandboxPart(plan)) : Promise.resolve();
  const isServing = plan.host !== "dev";
  const isBuilding = isServing && plan.settings.worker_build === null;
  const pages = request.with_pages && (isBuilding || !isServing) ? buildPages(plan, request) : Promise.resolve();
  const build = isBuilding ? buildWorker(plan, request.cancelled, pages) : pages;
  await Promise.all([database, sidecars, sandbox, build]);
  await up(() => (isServing ? servePart(plan) : workerPart(plan)));
  await up(() => tickerPart(plan, request.crons));
}
