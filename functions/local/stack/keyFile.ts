import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ApiKey, parseApiKeys } from "../../../shared/contracts/keys/apiKey.ts";
import type { Environment } from "./environment.ts";
import { displayPath } from "./store.ts";
import { writeWhole } from "./writeWhole.ts";

/** `<store>/keys.json`: the keys of a store as API_KEYS has them, by their hashes. */
function keyFile(folder: string): string {
  return join(folder, "keys.json");
}

export function readKeys(folder: string): readonly ApiKey[] {
  try {
    return parseApiKeys(readFileSync(keyFile(folder), "utf8"), displayPath(keyFile(folder)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

export function writeKeys(folder: string, keys: readonly ApiKey[]): void {
  writeWhole(keyFile(folder), `${JSON.stringify(keys)}\n`);
}

/** What a stack is started with: API_KEYS where it is set, else those of the store. */
export function keysOfStack(env: Environment, folder: string): readonly ApiKey[] {
  const text = env["API_KEYS"]?.trim();
  return text === undefined || text === "" ? readKeys(folder) : parseApiKeys(text);
}
