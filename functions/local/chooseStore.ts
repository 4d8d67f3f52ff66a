import { AppError } from "../../shared/errors.ts";
import type { CommandContext } from "./command.ts";
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
  const fallback = settings.oanda === null ? SANDBOX_STORE : MARKET_STORE;
  const folder = storeFolder(context.root, context.cwd, named ?? fallback);
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

/** The store of a job that brings real candles. */
export function storeForImport(context: CommandContext, named: string | null): Store {
  return openStore(storeFolder(context.root, context.cwd, named ?? MARKET_STORE), "real");
}

/** The store of a job on what is there: the named one, else the market store when it exists, else the sandbox. It makes none. */
export function storeForJob(context: CommandContext, settings: Settings, named: string | null): Store {
  const names = named === null ? [MARKET_STORE, SANDBOX_STORE] : [named];
  const folderOf = (name: string) => storeFolder(context.root, context.cwd, name);
  const found = names.find((name) => marketOfStore(folderOf(name)) !== null);
  if (found !== undefined) return found === MARKET_STORE ? openStore(folderOf(found), "real") : storeToStart(context, settings, found);
  const what = named === null ? "There is no store yet" : `There is no store at ${displayPath(folderOf(named))}`;
  const option = named === null ? "" : ` --store ${named}`;
  throw new AppError("not_found", `${what}. One is made by fx start${option} (a simulated market) or by fx import candles FILE${option}.`);
}

/** The stack that runs on the named store, or on one of the usual ones. */
export function findRunningStack(context: CommandContext, named: string | null): RunningStack | null {
  const names = named === null ? [MARKET_STORE, SANDBOX_STORE] : [named];
  for (const name of names) {
    const folder = storeFolder(context.root, context.cwd, name);
    const run = liveRun(folder);
    if (run) return { folder, run };
  }
  return null;
}

/** One sentence when a running stack holds the other market than a job needs: the one that was named, or the only one. */
export function requireMarket(stack: RunningStack, market: StoreMarket, named: string | null): void {
  if (stack.run.market === market) return;
  if (named !== null) throw mixedMarkets(stack.folder, stack.run.market);
  throw new AppError(
    "mixed_markets",
    `The stack that runs at ${stack.run.worker_url} (store ${displayPath(stack.folder)}) holds ${describeMarket(stack.run.market)}, and this job needs ${describeMarket(market)}. Stop it first (Ctrl-C there), or give this job other ports (fx help).`,
  );
}

/** One sentence when another stack of ours holds the ports that a new one wants. */
export function refuseOtherStack(context: CommandContext, store: Store, ports: StackPorts): void {
  const other = findRunningStack(context, null);
  if (other === null || other.folder === store.folder) return;
  const taken = new Set(Object.values(other.run.ports));
  if (!Object.values(ports).some((port) => taken.has(port))) return;
  throw new AppError(
    "port_in_use",
    `A stack with ${describeMarket(other.run.market)} (store ${displayPath(other.folder)}) runs at ${other.run.worker_url} on the same ports. Stop it first (Ctrl-C there, or kill ${other.run.fx.pid}), or choose other ports (fx help).`,
  );
}
