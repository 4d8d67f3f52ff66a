import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const TEST_FOLDERS = ["tests/unit", "tests/leakage", "tests/contract"];
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

/**
 * Which tests import a file, directly or not, the nearest first: the ones that look at it, and not through a dozen others. Of those
 * equally near, the ones whose folder mirrors the file's: they are about it, and small.
 */
export function createTestFinder(root: string): (file: string) => readonly string[] {
  const tests = TEST_FOLDERS.flatMap((folder) => filesOf(join(root, folder))).filter((path) => path.endsWith(".test.ts"));
  const importsOf = memoize((path: string) => importedBy(path));
  return (file) => {
    const wanted = resolve(root, file);
    const mirrored = dirname(file).replace(/^(shared|functions)\b/, "");
    const near = tests.flatMap((test) => {
      const distance = distanceTo(test, wanted, importsOf);
      return distance === null ? [] : [{ test: relative(root, test), distance }];
    });
    const strangeness = (test: string) => (test.startsWith(join("tests/unit", mirrored)) ? 0 : test.startsWith("tests/unit") ? 1 : 2);
    const compare = (a: string, b: string) => strangeness(a) - strangeness(b) || (a < b ? -1 : 1);
    return near.sort((a, b) => a.distance - b.distance || compare(a.test, b.test)).map(({ test }) => test);
  };
}

function distanceTo(from: string, wanted: string, importsOf: (path: string) => readonly string[]): number | null {
  const seen = new Set([from]);
  for (let open = [from], distance = 1; open.length > 0; distance++) {
    const next = open.flatMap(importsOf).filter((path) => !seen.has(path));
    if (next.includes(wanted)) return distance;
    for (const path of next) seen.add(path);
    open = [...new Set(next)];
  }
  return null;
}

function importedBy(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(IMPORT)]
    .map(([, specifier = ""]) => resolve(dirname(path), specifier))
    .filter((file) => file.endsWith(".ts") && existsSync(file));
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))) : [];
}

function memoize<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
