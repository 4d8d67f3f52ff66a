import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../shared/domain/random.ts";
import { copyOfTree } from "./copyOfTree.ts";
import { type Mutation, mutationsOf } from "./mutationsOf.ts";
import { runTests } from "./runTests.ts";
import { createTestFinder } from "./testsOf.ts";

/**
 * npm run mutate: changes single operators, one at a time, in a copy of the tree, and runs the tests that import the file. What no test
 * sees is printed at once, so that a run that is stopped has said what it knows. Ends with 1 below --at-least.
 *
 *   npm run mutate -- --seed 7 --count 60 --in shared --at-least 0.92
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "60" },
    in: { type: "string", multiple: true, default: ["shared", "functions", "gpu-sidecar"] },
    "at-least": { type: "string", default: "0" },
    /** Tests a mutation: the nearest ones. */
    tests: { type: "string", default: "12" },
  },
});

/** A test file takes seconds; ten times that, on a machine that is busy, is a loop that does not end. */
const LIMIT_MS = 300_000;
/** Words, tables and data: what they say is judged by other means (golden values, labelled sentences). */
const LEFT_OUT = /\/(data|contracts)\/|thresholds\.ts$|commandTable\.ts$|\/openapi|operations\.ts$/i;

interface Target extends Mutation {
  readonly path: string;
}

const root = process.cwd();
const testsOf = createTestFinder(root);
const chosen = choose(Number(values.count), Number(values.seed));
console.log(`${chosen.length} mutations of ${values.in.join(", ")}, seed ${values.seed}`);
const tree = copyOfTree(root);
process.once("SIGINT", () => {
  tree.remove();
  process.exit(130);
});
try {
  const seen = await judgeAll();
  const share = seen / chosen.length;
  console.log(`${seen} of ${chosen.length} were seen: ${(100 * share).toFixed(1)} %`);
  process.exitCode = share >= Number(values["at-least"]) ? 0 : 1;
} finally {
  tree.remove();
}

function choose(count: number, seed: number): Target[] {
  const listed = execFileSync("git", ["ls-files", ...values.in], { encoding: "utf8" }).split("\n");
  const files = listed.filter((path) => path.endsWith(".ts") && !LEFT_OUT.test(path));
  const all = files.flatMap((path) => mutationsOf(path, readFileSync(path, "utf8")).map((mutation) => ({ path, ...mutation })));
  const random = createRandom(seed);
  const picked: Target[] = [];
  while (picked.length < count && all.length > 0) picked.push(...all.splice(Math.floor(random() * all.length), 1));
  return picked;
}

async function judgeAll(): Promise<number> {
  let seen = 0;
  for (const [index, target] of chosen.entries()) {
    const isSeen = await isSeenByTests(target);
    if (isSeen) seen += 1;
    const { path, line, original, replacement } = target;
    const change = `${path}:${line}: ${original.replace(/\s+/g, " ").slice(0, 60)} -> ${replacement.replace(/\s+/g, " ").slice(0, 60)}`;
    console.log(`${isSeen ? "seen  " : "UNSEEN"} ${String(index + 1).padStart(3)} ${change}`);
  }
  return seen;
}

const passing = new Set<string>();

/** Tests that fail anyway would see every mutation. */
async function requirePass(path: string, tests: readonly string[]): Promise<void> {
  if (passing.has(path)) return;
  const verdict = await runTests(tree.folder, tests, LIMIT_MS);
  if (verdict !== "passed") throw new Error(`The tests of ${path} ${verdict.replace("_", " ")} without any mutation: ${tests.join(", ")}`);
  passing.add(path);
}

async function isSeenByTests({ path, start, end, replacement }: Target): Promise<boolean> {
  const tests = testsOf(path).slice(0, Number(values.tests));
  if (tests.length === 0) return false;
  await requirePass(path, tests);
  const file = join(tree.folder, path);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.slice(0, start) + replacement + text.slice(end));
  try {
    // The nearest first, alone: most are seen there, in a second.
    if ((await runTests(tree.folder, tests.slice(0, 2), LIMIT_MS)) !== "passed") return true;
    return tests.length > 2 && (await runTests(tree.folder, tests.slice(2), LIMIT_MS)) !== "passed";
  } finally {
    writeFileSync(file, text);
  }
}
