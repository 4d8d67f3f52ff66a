import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "../../.env.example");

/** The variables of .env.example, with the defaults that stand there behind a `#`. */
export function envExample(): Readonly<Record<string, string>> {
  const lines = readFileSync(FILE, "utf8").matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name!, value!]));
}
