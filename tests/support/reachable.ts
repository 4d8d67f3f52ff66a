import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
/** Of values: what only types ask for is gone when the code runs. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;
/** Of the files of a package: `createRequire(import.meta.url).resolve("package/file")`, under whatever name that has. */
const LOOKUP = /(?<!\bPromise)\.resolve\(\s*"([^"./][^"]*)"\s*\)/g;

export interface Reachable {
  /** Paths in the checkout. */
  readonly files: ReadonlySet<string>;
  /** Names of packages that are imported. */
  readonly packages: ReadonlySet<string>;
  /** Names of packages that files are looked up in. */
  readonly looked_up: ReadonlySet<string>;
}

/** What programs of the checkout may load, by what their files import, in turn, at the start or later; `without` some of them. */
export function reachable(entries: readonly string[], without: readonly string[] = []): Reachable {
  const files = new Set<string>();
  const packages = new Set<string>();
  const looked_up = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || without.includes(path)) continue;
    files.add(path);
    const text = sourceOf(path);
    for (const [, wanted] of text.matchAll(LOOKUP)) looked_up.add(packageOf(wanted!));
    for (const wanted of importsOf(text)) {
      if (wanted.startsWith(".")) waiting.push(relative(ROOT, join(ROOT, dirname(path), wanted)));
      else if (!wanted.startsWith("node:") && !wanted.startsWith("cloudflare:")) packages.add(packageOf(wanted));
    }
  }
  return { files, packages, looked_up };
}

/** Empty of what has no imports: data, or a name without its ending. */
function sourceOf(path: string): string {
  const file = join(ROOT, path);
  if (!existsSync(file) || !statSync(file).isFile() || !/\.[cm]?[jt]s$/.test(path)) return "";
  return readFileSync(file, "utf8");
}

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, plain, dynamic]) => (plain ?? dynamic)!);
}

function packageOf(wanted: string): string {
  const [scope = "", name = ""] = wanted.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
