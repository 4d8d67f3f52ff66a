import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createWorkerClient, type WorkerClient } from "../../functions/local/client/workerClient.ts";
import { drainPart } from "../../functions/local/processes/drainPart.ts";
import { launchPart, type Part, type PartSpec } from "../../functions/local/processes/part.ts";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { groupMembers } from "../../functions/local/processes/processIdentity.ts";
import { startWatchdog } from "../../functions/local/processes/startWatchdog.ts";
import { waitForHealth } from "../../functions/local/processes/waitForHealth.ts";
import { buildFolder } from "../../functions/local/serve/buildWorker.ts";
import { migrateStore } from "../../functions/local/stack/migrateStore.ts";
import { moreSidecarPorts } from "../../functions/local/stack/moreSidecarPorts.ts";
import { journalPart } from "../../functions/local/stack/parts/journalPart.ts";
import { sandboxPart } from "../../functions/local/stack/parts/sandboxPart.ts";
import { servePart } from "../../functions/local/stack/parts/servePart.ts";
import { sidecarPart } from "../../functions/local/stack/parts/sidecarPart.ts";
import { sqldPart } from "../../functions/local/stack/parts/sqldPart.ts";
import { tickerPart } from "../../functions/local/stack/parts/tickerPart.ts";
import { workerPart } from "../../functions/local/stack/parts/workerPart.ts";
import { claimStore } from "../../functions/local/stack/runFile.ts";
import { readSettings, urlOf } from "../../functions/local/stack/settings.ts";
import { originOf, type StackPlan, type WorkerHost } from "../../functions/local/stack/stackPlan.ts";
import { createStackTokens } from "../../functions/local/stack/stackTokens.ts";
import { openStore } from "../../functions/local/stack/store.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { commandOf } from "../support/stack/markedProcesses.ts";

/** Of a stack that has several. */
type FurtherSidecar = `gpu-sidecar-${number}`;
export type PartName = "sqld" | "gpu-sidecar" | FurtherSidecar | "sandbox" | "journal" | "worker" | "ticker";

function furtherSidecars({ more_sidecar_ports }: StackPlan): FurtherSidecar[] {
  return more_sidecar_ports.map((_port, index): FurtherSidecar => `gpu-sidecar-${index + 2}`);
}

/** What the Worker needs, and then the Worker with what needs it, each in the order of the start. */
function startOrder(plan: StackPlan): readonly [readonly PartName[], readonly PartName[]] {
  return [
    ["sqld", "gpu-sidecar", ...furtherSidecars(plan), "sandbox"],
    ["journal", "worker", "ticker"],
  ];
}

function specOf(name: PartName, plan: StackPlan): PartSpec {
  switch (name) {
    case "sqld":
      return sqldPart(plan);
    case "sandbox":
      return sandboxPart(plan);
    case "journal":
      return journalPart(plan);
    case "worker":
      return plan.host === "serve" ? servePart(plan) : workerPart(plan);
    case "ticker":
      // The sweep only: the minutes that create runs are the script's, so that two histories have the same ones.
      return tickerPart(plan, "sweep");
    case "gpu-sidecar":
      return sidecarPart(plan);
    default:
      return sidecarPart(plan, Number(name.slice("gpu-sidecar-".length)) - 1);
  }
}

/** Those that are told the time when they start. */
const CLOCKED: readonly PartName[] = ["sandbox", "worker", "ticker"];

/**
 * What a kill -9 hits. workerd: the runtime that the Worker runs in, which wrangler starts again; front: the runtime that takes its
 * requests in wrangler dev; worker: wrangler and all of these; all: a power cut.
 */
export const VICTIMS = ["workerd", "worker", "journal", "sqld", "gpu-sidecar", "sandbox", "ticker", "front", "all"] as const;
export type Victim = (typeof VICTIMS)[number] | FurtherSidecar;

/** What can be hit of a stack: each of its sidecars by itself. */
export function victimsOf(plan: StackPlan): readonly Victim[] {
  return [...VICTIMS, ...furtherSidecars(plan)];
}

/** wrangler starts its front again as well, but that one holds all requests back for ever: then wrangler is killed too. */
const ANSWERS_WITHIN_MS = 4_000;

export interface KeptStackOptions {
  readonly root: string;
  readonly folder: string;
  /** Ports, instruments and whatever else a user sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock_start: Instant;
  /** `serve` wants the Worker's bundle to be built before: where `build` says, or else in the store. */
  readonly host?: WorkerHost;
  readonly build?: string;
}

/** A stack of the production's parts in which a part that ends is started again, as systemd or an operator would. */
export interface KeptStack {
  readonly plan: StackPlan;
  readonly worker_url: string;
  /** Where crons are fired: the Worker's own address, or one that nobody else knows. */
  readonly cron_url: string;
  readonly client: WorkerClient;
  readonly now: () => Instant;
  /** kill -9; returns how many processes that were. */
  readonly kill: (victim: Victim) => number;
  readonly victims: readonly Victim[];
  /** Settles when every part answers again. */
  readonly untilUp: () => Promise<void>;
  /** Sets the clock forward, as on a machine that slept: the parts that read it (or some of them) are killed and started again. */
  readonly skipTo: (moment: Instant, parts?: readonly PartName[]) => Promise<void>;
  readonly starts: () => Readonly<Record<PartName, number>>;
  /** Ends parts as an orderly stop of the stack does, one after the other; they are started again as after a kill. */
  readonly endInOrder: (names: readonly PartName[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startKeptStack(options: KeptStackOptions): Promise<KeptStack> {
  const settings = readSettings({ ...options.env, FX_CLOCK: undefined });
  const store = openStore(options.folder, "sandbox");
  let plan: StackPlan = {
    root: options.root,
    store,
    settings,
    ports: settings.ports,
    env: options.env,
    host: options.host ?? "dev",
    build: options.build ?? buildFolder(store),
    cron_port: options.host === "serve" ? await pickFreePort() : settings.ports.worker,
    origin: originOf(store, settings),
    tokens: createStackTokens({ ADMIN_TOKEN: options.env["ADMIN_TOKEN"] }),
    api_keys: [],
    journal_port: await pickFreePort(),
    more_sidecar_ports: await moreSidecarPorts(settings),
    clock_offset_ms: options.clock_start - Date.now(),
  };
  const worker_url = urlOf(plan.ports.worker);
  const { admin: _, ...tokens } = plan.tokens;
  const claim = claimStore(store.folder, {
    market: "sandbox",
    worker_url,
    ports: { ...plan.ports },
    tokens,
    started_at: new Date().toISOString(),
  });
  const keeper = createKeeper(
    (name) => specOf(name, plan),
    join(store.folder, "logs"),
    (parts) => claim.update({ parts }),
  );
  const [needed, others] = startOrder(plan);
  const names = [...needed, ...others];
  const untilUp = () => keeper.untilUp(names);
  const stop = async () => {
    await keeper.stop();
    claim.release();
  };
  try {
    for (const name of needed) keeper.start(name);
    await keeper.untilUp(needed);
    await migrateStore(options.root, urlOf(plan.ports.sqld), plan.tokens.sqld);
    for (const name of others) keeper.start(name);
    await untilUp();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get plan() {
      return plan;
    },
    worker_url,
    cron_url: urlOf(plan.cron_port),
    client: createWorkerClient({ base_url: worker_url, admin_token: settings.admin_token }, new AbortController().signal),
    now: () => Date.now() + (plan.clock_offset_ms ?? 0),
    kill: (victim) => (victim === "all" ? names : [victim]).reduce((sum, one) => sum + keeper.kill(one), 0),
    victims: victimsOf(plan),
    untilUp,
    async skipTo(moment, parts = CLOCKED) {
      plan = { ...plan, clock_offset_ms: moment - Date.now() };
      for (const name of parts) keeper.kill(name);
      await untilUp();
    },
    starts: keeper.starts,
    endInOrder: keeper.endInOrder,
    stop,
  };
}

interface Kept {
  part: Part;
  up: Promise<void>;
  starts: number;
}

function createKeeper(spec: (name: PartName) => PartSpec, log_folder: string, onParts: (parts: never[]) => void) {
  const watchdog = startWatchdog();
  const kept = new Map<PartName, Kept>();
  let is_stopping = false;

  const start = (name: PartName) => {
    const starts = (kept.get(name)?.starts ?? 0) + 1;
    const part = launchPart(spec(name), join(log_folder, `${name}-${starts}.log`));
    if (part.identity) watchdog.guard(part.identity);
    kept.set(name, { part, starts, up: untilPartUp(part) });
    onParts([...kept].flatMap(([key, one]) => (one.part.identity ? [{ name: key, ...one.part.identity }] : [])) as never[]);
    void part.ended.then(() => {
      if (is_stopping) return;
      // wrangler's runtime would hold the port. Children of the sidecar have to see by themselves that it is gone.
      if (name === "worker") part.kill();
      start(name);
    });
  };

  return {
    start,
    starts: () => Object.fromEntries([...kept].map(([name, one]) => [name, one.starts])) as Record<PartName, number>,
    kill: (victim: Exclude<Victim, "all">) => killVictim(kept, victim),
    /** A part that was killed meanwhile is another one: it is waited for anew. */
    async untilUp(names: readonly PartName[]) {
      for (let before = -1, now = 0; before !== now; ) {
        before = totalStarts(kept);
        await Promise.all(names.map((name) => kept.get(name)?.up));
        now = totalStarts(kept);
      }
    },
    async endInOrder(names: readonly PartName[]) {
      for (const name of names) {
        const one = kept.get(name);
        const words = one ? await endInOrder(one.part) : null;
        if (words !== null) throw new Error(words);
      }
    },
    async stop() {
      is_stopping = true;
      for (const { part } of [...kept.values()].toReversed()) await endInOrder(part);
      watchdog.close();
    },
  };
}

/** As the supervisor does it. Returns what it would say. */
async function endInOrder(part: Part): Promise<string | null> {
  const { name, drain } = part.spec;
  const words = drain && !part.hasEnded() ? await drainPart(name, drain) : null;
  await part.stop();
  return words;
}

function totalStarts(kept: ReadonlyMap<PartName, Kept>): number {
  return [...kept.values()].reduce((sum, one) => sum + one.starts, 0);
}

/** Settles when it answers, or when it has ended and another one takes its place. */
async function untilPartUp(part: Part): Promise<void> {
  const { health, up_within_ms, name } = part.spec;
  if (health === null) return;
  const problem = await waitForHealth(health, up_within_ms, part.hasEnded);
  if (problem !== null && !part.hasEnded()) throw new Error(`${name} did not come up (${problem}); see ${part.log_path}`);
}

function killVictim(kept: Map<PartName, Kept>, victim: Exclude<Victim, "all">): number {
  const name = victim === "workerd" || victim === "front" ? "worker" : victim;
  const one = kept.get(name);
  const victims = one ? membersOf(one.part, victim) : [];
  for (const pid of victims) killIfThere(pid);
  if (!one || victims.length === 0) return 0;
  // It answers until its end is seen here; the one that takes its place is what is waited for.
  one.up = name === victim ? one.part.ended.then(() => kept.get(name)?.up) : untilRuntimeUp(one.part);
  return victims.length;
}

function membersOf({ identity, spec }: Part, victim: Victim): number[] {
  const members = identity ? groupMembers(identity.pid).map(({ pid }) => ({ pid, command: commandOf(pid) })) : [];
  const isFront = (command: string) => command.includes(`entry=${new URL(spec.health?.url ?? "").host}`);
  const isVictim = ({ pid, command }: { pid: number; command: string }) => {
    if (victim === "worker") return true;
    if (victim === "workerd") return /workerd serve/.test(command) && !isFront(command);
    return victim === "front" ? /workerd serve/.test(command) && isFront(command) : pid === identity?.pid;
  };
  return members.filter(isVictim).map(({ pid }) => pid);
}

async function untilRuntimeUp(part: Part): Promise<void> {
  if (part.spec.health === null) return;
  await sleep(100);
  const within = new Promise<"late">((resolve) => setTimeout(resolve, ANSWERS_WITHIN_MS, "late"));
  // One question to a front that holds it back takes 5 s by itself.
  if ((await Promise.race([waitForHealth(part.spec.health, ANSWERS_WITHIN_MS, part.hasEnded), within])) === null) return;
  part.kill();
  await part.ended;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
