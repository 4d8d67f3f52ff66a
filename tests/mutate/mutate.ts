import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../shared/domain/random.ts";
import { copyOfTree } from "./copyOfTree.ts";
import { reasonOf } from "./equivalents.ts";
import { type Mutation, mutationsOf } from "./mutationsOf.ts";
import { createTestRunner } from "./runTests.ts";
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
    /** PATH:LINE, once or more: every mutation of these lines instead of drawn ones. */
    only: { type: "string", multiple: true },
  },
});

/** What takes that many times as long as without the mutation is a loop that does not end. A machine may have become busy meanwhile. */
const HANG_FACTOR = 20;
const LEAST_LIMIT_MS = 60_000;
/** Of a test without any mutation. A slower one is left out: it would be run for each mutation that nothing else sees. */
const SLOW_MS = 30_000;
/** How much longer a test may take on a machine that does other work as well. */
const crowding = () => Math.max(1, loadavg()[0]! / availableParallelism());
/** Words, tables and data: what they say is judged by other means (golden values, labelled sentences). */
const LEFT_OUT = /\/(data|contracts)\/|thresholds\.ts$|commandTable\.ts$|\/openapi|operations\.ts$/i;

interface Target extends Mutation {
  readonly path: string;
}

/** A loop that does not end is a fault that a run of the tests cannot miss. */
type Judgement = "seen" | "hung" | "UNSEEN";

const root = process.cwd();
/** Named as changing nothing: not drawn, since no test could see them. */
let left_out = 0;
const testsOf = createTestFinder(root);
const chosen = values.only ? mutationsAt(values.only) : choose(Number(values.count), Number(values.seed));
console.log(
  (values.only ? `${chosen.length} mutations` : `${chosen.length} mutations of ${values.in.join(", ")}, seed ${values.seed}`) +
    `; ${left_out} more change nothing, by tests/mutate/equivalents.ts`,
);
/** Milliseconds of each test file on the tree as it is; null: too slow. */
const usual = new Map<string, number | null>();
const tree = copyOfTree(root);
/** What was put back since the last run. */
let last_changed: readonly string[] = [];
const runner = createTestRunner(tree.folder);
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    runner.stop();
    tree.remove();
    process.exit(130);
  });
try {
  const seen = await judgeAll();
  const share = seen / chosen.length;
  console.log(`${seen} of ${chosen.length} were seen: ${(100 * share).toFixed(1)} %`);
  process.exitCode = share >= Number(values["at-least"]) ? 0 : 1;
} finally {
  runner.stop();
  tree.remove();
}

function choose(count: number, seed: number): Target[] {
  const listed = execFileSync("git", ["ls-files", ...values.in], { encoding: "utf8" }).split("\n");
  const files = listed.filter((path) => path.endsWith(".ts") && !LEFT_OUT.test(path));
  const all = files.flatMap(targetsOf);
  const random = createRandom(seed);
  const picked: Target[] = [];
  while (picked.length < count && all.length > 0) picked.push(...all.splice(Math.floor(random() * all.length), 1));
  // Those whose tests are small first: a run that is stopped has then judged the most.
  const remoteness = ({ path }: Target) => testsOf(path)[0]?.remoteness ?? 0;
  return picked.sort((a, b) => remoteness(a) - remoteness(b));
}

/** Those of single lines, to look again after a test was written. */
function mutationsAt(places: readonly string[]): Target[] {
  return places.flatMap((place) => {
    const [path = "", line] = place.split(":");
    return targetsOf(path).filter((target) => target.line === Number(line));
  });
}

function targetsOf(path: string): Target[] {
  const text = readFileSync(path, "utf8");
  const all = mutationsOf(path, text).map((mutation) => ({ path, ...mutation }));
  const told = all.filter((target) => reasonOf(target, text) === null);
  left_out += all.length - told.length;
  return told;
}

async function judgeAll(): Promise<number> {
  let seen = 0;
  for (const [index, target] of chosen.entries()) {
    const verdict = await judge(target);
    if (verdict !== "UNSEEN") seen += 1;
    const { path, line, original, replacement } = target;
    const change = `${path}:${line}: ${original.replace(/\s+/g, " ").slice(0, 60)} -> ${replacement.replace(/\s+/g, " ").slice(0, 60)}`;
    console.log(`${verdict.padEnd(6)} ${String(index + 1).padStart(3)} ${change}`);
  }
  return seen;
}

async function judge(target: Target): Promise<Judgement> {
  for (const { test } of testsOf(target.path).slice(0, Number(values.tests))) {
    const judgement = await judgeBy(target, test);
    if (judgement !== "UNSEEN") return judgement;
  }
  return "UNSEEN";
}

async function judgeBy({ path, start, end, replacement }: Target, test: string): Promise<Judgement> {
  const usual_ms = await requirePass(test);
  if (usual_ms === null) return "UNSEEN";
  const file = join(tree.folder, path);
  const request = { changed: [...last_changed, file], tests: [join(tree.folder, test)] };
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.slice(0, start) + replacement + text.slice(end));
  try {
    const verdict = await runner.run(request, Math.max(usual_ms * HANG_FACTOR, LEAST_LIMIT_MS));
    return verdict === "passed" ? "UNSEEN" : verdict === "failed" ? "seen" : "hung";
  } finally {
    writeFileSync(file, text);
    last_changed = [file];
  }
}

/** A test that fails anyway would see every mutation. Resolves to the milliseconds that it takes, null where it is too slow or fails. */
async function requirePass(test: string): Promise<number | null> {
  const known = usual.get(test);
  if (known !== undefined) return known;
  const began = performance.now();
  const slow_ms = SLOW_MS * crowding();
  const verdict = await runner.run({ changed: last_changed, tests: [join(tree.folder, test)] }, slow_ms);
  if (verdict === "failed") console.log(`${test} fails without any mutation, and is left out`);
  if (verdict === "timed_out") console.log(`${test} takes more than ${(slow_ms / 1000).toFixed(0)} s, and is left out`);
  const usual_ms = verdict === "passed" ? performance.now() - began : null;
  usual.set(test, usual_ms);
  return usual_ms;
}
