import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { constants, setPriority, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TEST_BUILD_VARIABLE } from "./support/stack/testBuild.ts";

/**
 * `npm test`: types, lint and import rules, then every test. Vitest runs its projects one after the other, and those with real processes leave
 * a core idle for half of their time. So they are a lane of their own, and beside them go two workers with all that mostly computes, at the
 * low priority of the sidecar's trainings: what the real processes wait for would otherwise get a tenth of what the computing gets.
 *
 * With arguments it runs the checks, then those tests alone, as `vitest run` takes them.
 */

type Command = readonly string[];

interface Lane {
  readonly command: Command;
  readonly priority?: number;
}

const root = join(import.meta.dirname, "..");
const vitest: Command = [
  process.execPath,
  join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs"),
  "run",
];

const CHECKS: readonly Command[] = ["check:types", "check:lint", "check:imports"].map((name) => ["npm", "run", "-s", name]);
const LANES: readonly Lane[] = [
  { command: [...vitest, "--project", "node", "--maxWorkers", "5"] },
  {
    command: [...vitest, "--project", "unit", "--project", "workerd", "--maxWorkers", "2"],
    priority: constants.priority.PRIORITY_BELOW_NORMAL,
  },
];

const running = new Set<ChildProcess>();

/** Its exit code. What several write comes through pipes, by whole lines: they cannot share a screen that one of them redraws. */
function run({ command: [file, ...args], priority }: Lane, is_alone: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file!, args, { cwd: root, stdio: is_alone ? "inherit" : ["ignore", "pipe", "pipe"] });
    running.add(child);
    // Its workers are its children, and inherit it.
    if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
    if (child.stdout) forward(child.stdout, process.stdout);
    if (child.stderr) forward(child.stderr, process.stderr);
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

function forward(from: NodeJS.ReadableStream, to: NodeJS.WritableStream): void {
  let rest = "";
  from.setEncoding("utf8").on("data", (text: string) => {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) to.write(rest + text.slice(0, end));
    rest = end > 0 ? text.slice(end) : rest + text;
  });
  from.on("end", () => to.write(rest));
}

/** Ends with the first that failed, once all have ended. */
async function runTogether(lanes: readonly Lane[]): Promise<void> {
  const codes = await Promise.all(lanes.map((lane) => run(lane, lanes.length === 1)));
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed);
}

/** The Worker and its pages are bundled once, so that not every stack that the lanes start does that again. */
async function runAllOnOneBuild(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fx-test-build-"));
  // However this ends: a lane that fails ends it in runTogether.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await runTogether([{ command: ["npm", "run", "-s", "fx", "--", "build", folder] }]);
  process.env[TEST_BUILD_VARIABLE] = folder;
  await runTogether(LANES);
}

// A terminal tells all of them of Ctrl-C by itself; whoever sends a signal to this process tells it alone.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
  });
}
const filters = process.argv.slice(2);
await runTogether(CHECKS.map((command) => ({ command })));
if (filters.length > 0) await runTogether([{ command: [...vitest, ...filters] }]);
else await runAllOnOneBuild();
