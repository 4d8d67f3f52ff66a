import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { z } from "zod";
import { AppError } from "../../../shared/errors.ts";
import { jsonOrNull } from "../text/jsonOrNull.ts";
import { usageError } from "../text/localError.ts";
import { makeFolders } from "./makeFolders.ts";
import { writeWhole } from "./writeWhole.ts";

/** A store holds one market: simulated and real prices are never mixed. */
export type StoreMarket = "sandbox" | "real";

export const SANDBOX_STORE = "sandbox";
export const MARKET_STORE = "market";

/** A folder with everything that one stack keeps. */
export interface Store {
  readonly name: string;
  readonly folder: string;
  readonly market: StoreMarket;
}

const storeFileSchema = z.object({ market: z.enum(["sandbox", "real"]) });

/** `--store`: a name stands for data/lake/NAME, anything with a slash (or ".") for that folder. */
export function storeFolder(root: string, cwd: string, nameOrPath: string): string {
  if (nameOrPath === "") throw usageError("--store needs a name or a path.");
  const isPath = isAbsolute(nameOrPath) || nameOrPath.includes("/") || nameOrPath.includes("\\") || nameOrPath.startsWith(".");
  return isPath ? resolve(cwd, nameOrPath) : join(root, "data", "lake", nameOrPath);
}

/** The path as a reader knows it: relative to where they stand, unless that is longer. */
export function displayPath(path: string, cwd: string = process.cwd()): string {
  const near = relative(cwd, path) || ".";
  return near.length < path.length ? near : path;
}

export function marketOfStore(folder: string): StoreMarket | null {
  const path = join(folder, "store.json");
  if (!existsSync(path)) return null;
  const parsed = storeFileSchema.safeParse(jsonOrNull(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data.market;
  throw new AppError(
    "store_unavailable",
    `${displayPath(path)} cannot be read. It should hold {"market": "sandbox"} or {"market": "real"}.`,
  );
}

/** Opens the folder, making it when it is new, and fixes its market for ever. `brings` is what is to come into it, in a word. */
export function openStore(folder: string, market: StoreMarket, brings = "candles"): Store {
  const found = marketOfStore(folder);
  if (found === null) refuseForeignFolder(folder);
  makeFolder(folder);
  if (found !== null && found !== market) throw mixedMarkets(folder, found, brings);
  if (found === null) writeWhole(join(folder, "store.json"), `${JSON.stringify({ market })}\n`);
  return { name: displayPath(folder), folder, market };
}

export function describeMarket(market: StoreMarket): string {
  return market === "sandbox" ? "the simulated market" : "the real market";
}

export function mixedMarkets(folder: string, found: StoreMarket, brings = "candles"): AppError {
  const kind = found === "sandbox" ? "Real" : "Simulated";
  const advice = `${kind} ${brings} go to another store: leave --store out, or name a new one.`;
  return new AppError(
    "mixed_markets",
    `The store ${displayPath(folder)} holds ${describeMarket(found)}, and a store holds one market. ${advice}`,
  );
}

/** A folder of other things is not made a store: it would be strewn with files. Only `logs` may be there, from a start that was killed at once. */
function refuseForeignFolder(folder: string): void {
  const foreign = listOrEmpty(folder).find((name) => name !== "logs");
  if (foreign === undefined) return;
  throw new AppError(
    "store_unavailable",
    `The folder ${folder} is not a store and holds other things (${foreign}, for example). Name a new or an empty folder with --store.`,
  );
}

function listOrEmpty(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // makeFolder tells about a path that is no folder or cannot be read.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    makeFolders(join(folder, "logs"));
    accessSync(folder, constants.W_OK | constants.X_OK);
    accessSync(join(folder, "logs"), constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError(
      "store_unavailable",
      `The folder ${folder} cannot be written to (${reason}). Make it writable, or choose another one with --store.`,
      {
        cause: error,
      },
    );
  }
}
