import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { isDraft } from "../care/draftFolder.ts";
import type { CommandContext } from "../commands/command.ts";
import { liveRun, type RunFile } from "./runFile.ts";
import type { Settings, StackPorts } from "./settings.ts";
import {
  describeMarket,
  displayPath,
  MARKET_STORE,
  marketOfStore,
  mixedMarkets,
  openStore,
  SANDBOX_STORE,
  type Store,
  type StoreMarket,
  storeFolder,
} from "./store.ts";

/** A stack that runs on this machine. */
export interface RunningStack {
  readonly folder: string;
  readonly run: RunFile;
}

/** The store of `fx start`: the named one, else that of the market which is configured. */
export function storeToStart(context: CommandContext, settings: Settings, named: string | null): Store {
  const folder = folderToStart(context, settings, named);
  const kept = marketOfStore(folder);
  if (kept === "sandbox" && settings.oanda !== null) {
    throw new AppError(
      "mixed_markets",
      `OANDA_API_URL is set, but the store ${displayPath(folder)} holds the simulated market, and a store holds one market. Unset OANDA_API_URL, or leave --store out.`,
    );
  }
  const isNamedMarket = named === MARKET_STORE;
  return openStore(folder, kept ?? (settings.oanda !== null || isNamedMarket ? "real" : "sandbox"));
}

export function folderToStart(context: CommandContext, settings: Settings, named: string | null): string {
  return storeFolder(context.root, context.cwd, named ?? (settings.oanda === null ? SANDBOX_STORE : MARKET_STORE));
}

/** The store of a job that brings what belongs beside real prices. */
function storeForImport(context: CommandContext, named: string | null, brings: string): Store {
  return openStore(storeFolder(context.root, context.cwd, named ?? MARKET_STORE), "real", brings);
}

/** What a job is done on: a stack that runs, or a store that one is started on. */
export function chooseStack(context: CommandContext, settings: Settings, needs: StackNeeds): RunningStack | Store {
  if (needs.market === "real") return chooseForImport(context, needs);
  if (needs.store !== null) {
    return runningOn(storeFolder(context.root, context.cwd, needs.store)) ?? storeForJob(context, settings, needs.store);
  }
  const [running, ...others] = runningStacks(context);
  if (running && others.length === 0) return running;
  if (running)
    throw tooMany(
      "Stacks run on several stores",
      [running, ...others].map(({ folder, run }) => ({ folder, market: run.market })),
    );
  const [store, ...more] = storesHere(context);
  if (store && more.length > 0) throw tooMany("No stack runs, and there are several stores", [store, ...more]);
  return storeForJob(context, settings, store ? basename(store.folder) : null);
}

export interface StackNeeds {
  readonly store: string | null;
  readonly market: "real" | "any";
  readonly brings?: string;
}

/** An import goes to the market store unless another one is named, whatever else runs. */
function chooseForImport(context: CommandContext, { store, brings = "candles" }: StackNeeds): RunningStack | Store {
  const running = runningOn(storeFolder(context.root, context.cwd, store ?? MARKET_STORE));
  if (!running) return storeForImport(context, store, brings);
  if (running.run.market !== "real") throw mixedMarkets(running.folder, running.run.market, brings);
  return running;
}

/** The store of a job on what is there. It makes none. */
function storeForJob(context: CommandContext, settings: Settings, named: string | null): Store {
  const folder = named === null ? null : storeFolder(context.root, context.cwd, named);
  const market = folder === null ? null : marketOfStore(folder);
  if (folder !== null && market === "real") return openStore(folder, "real");
  if (market !== null) return storeToStart(context, settings, named);
  throw noStore(folder, named);
}

function noStore(folder: string | null, named: string | null): AppError {
  const what = folder === null ? "There is no store yet" : `There is no store at ${displayPath(folder)}`;
  const option = named === null ? "" : ` --store ${named}`;
  return new AppError("not_found", `${what}. One is made by fx start${option} (a simulated market) or by fx import candles FILE${option}.`);
}

/** A store to look after, whatever the settings say of the market: the named one, that of the stack that runs, or the only one there is. */
export function findStore(context: CommandContext, named: string | null): StoreHere {
  if (named !== null) {
    const folder = storeFolder(context.root, context.cwd, named);
    const market = marketOfStore(folder);
    if (market === null) throw noStore(folder, named);
    return { folder, market };
  }
  const running = runningStacks(context).map(({ folder, run }) => ({ folder, market: run.market }));
  const [store, ...others] = running.length > 0 ? running : storesHere(context);
  if (store && others.length > 0)
    throw tooMany(running.length > 0 ? "Stacks run on several stores" : "No stack runs, and there are several stores", [store, ...others]);
  if (!store) throw noStore(null, null);
  return store;
}

/** The stacks that run on this machine's stores: on the named one, or on any under data/lake. */
export function runningStacks(context: CommandContext, named: string | null = null): readonly RunningStack[] {
  const folders = named === null ? lakeFolders(context) : [storeFolder(context.root, context.cwd, named)];
  return folders.flatMap((folder) => runningOn(folder) ?? []);
}

function runningOn(folder: string): RunningStack | null {
  const run = liveRun(folder);
  return run ? { folder, run } : null;
}

/** Every folder under data/lake, in which stores go by their names; none that a restore has not ended. */
function lakeFolders(context: CommandContext): readonly string[] {
  const lake = dirname(storeFolder(context.root, context.cwd, MARKET_STORE));
  if (!existsSync(lake)) return [];
  const folders = readdirSync(lake, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !isDraft(entry.name));
  return folders.map((entry) => join(lake, entry.name)).sort();
}

export interface StoreHere {
  readonly folder: string;
  readonly market: StoreMarket;
}

function storesHere(context: CommandContext): readonly StoreHere[] {
  return lakeFolders(context).flatMap((folder) => {
    const market = marketOfStore(folder);
    return market === null ? [] : [{ folder, market }];
  });
}

function tooMany(what: string, stores: readonly StoreHere[]): AppError {
  const names = stores.map(({ folder, market }) => `--store ${basename(folder)} (${describeMarket(market)})`);
  return new AppError("invalid_request", `${what}. Say which one is meant: ${names.join(" or ")}.`, { details: { field: "--store" } });
}

/** One sentence when another stack of ours holds the ports that a new one wants. */
export function refuseOtherStack(context: CommandContext, store: Store, ports: StackPorts): void {
  const wanted = new Set(Object.values(ports));
  const other = runningStacks(context).find(
    ({ folder, run }) => folder !== store.folder && Object.values(run.ports).some((port) => wanted.has(port)),
  );
  if (!other) return;
  throw new AppError(
    "port_in_use",
    `A stack with ${describeMarket(other.run.market)} (store ${displayPath(other.folder)}) runs at ${other.run.worker_url} on the same ports. Stop it first (Ctrl-C there, or kill ${other.run.fx.pid}), or choose other ports (fx help).`,
  );
}
