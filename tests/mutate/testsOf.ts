import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const TEST_FOLDERS = ["tests/unit", "tests/leakage", "tests/contract"];
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

export interface NearTest {
  /** Path from the root. */
  readonly test: string;
  /** Imports between times files reached. */
  readonly remoteness: number;
}

/**
 * Which tests import a file, directly or not, the nearest first: the ones that look at it, and not through a dozen others. A test is the
 * nearer the fewer imports lie between, and the fewer other files it reaches, which also makes it a small one.
 */
export function createTestFinder(root: string): (file: string) => readonly NearTest[] {
  const tests = TEST_FOLDERS.flatMap((folder) => filesOf(join(root, folder))).filter((path) => path.endsWith(".test.ts"));
  const importsOf = memoize((path: string) => importedBy(path));
  const distancesOf = memoize((test: string) => distancesFrom(test, importsOf));
  return (file) => {
    const wanted = resolve(root, file);
    const near = tests.flatMap((test) => {
      const distances = distancesOf(test);
      const distance = distances.get(wanted);
      return distance === undefined ? [] : [{ test: relative(root, test), remoteness: distance * distances.size }];
    });
    return near.sort((a, b) => a.remoteness - b.remoteness || (a.test < b.test ? -1 : 1));
  };
}

/** Every file that is reached, with the number of imports that lead there. */
function distancesFrom(from: string, importsOf: (path: string) => readonly string[]): ReadonlyMap<string, number> {
  const distances = new Map([[from, 0]]);
  for (let open: readonly string[] = [from], distance = 1; open.length > 0; distance++) {
    open = [...new Set(open.flatMap(importsOf))].filter((path) => !distances.has(path));
    for (const path of open) distances.set(path, distance);
  }
  return distances;
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
