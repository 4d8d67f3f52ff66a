import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
/** Of values: what only types ask for is gone when the code runs. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

export interface Reachable {
  /** Paths in the checkout. */
  readonly files: ReadonlySet<string>;
  /** Names of packages. */
  readonly packages: ReadonlySet<string>;
}

/** What programs of the checkout may load, by what their files import, in turn, at the start or later; `without` some of them. */
export function reachable(entries: readonly string[], without: readonly string[] = []): Reachable {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || without.includes(path)) continue;
    files.add(path);
    for (const wanted of importsOf(path)) {
      if (wanted.startsWith(".")) waiting.push(relative(ROOT, join(ROOT, dirname(path), wanted)));
      else if (!wanted.startsWith("node:") && !wanted.startsWith("cloudflare:")) packages.add(packageOf(wanted));
    }
  }
  return { files, packages };
}

function importsOf(path: string): string[] {
  const file = join(ROOT, path);
  if (!existsSync(file) || !statSync(file).isFile() || !/\.[cm]?[jt]s$/.test(path)) return [];
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, plain, dynamic]) => (plain ?? dynamic)!);
}

function packageOf(wanted: string): string {
  const [scope = "", name = ""] = wanted.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
