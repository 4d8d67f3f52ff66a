import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createStackStarter, SMALL_STORE, type StackUnderTest } from "../bench/stackUnderTest.ts";
import { askAtRate } from "../support/api/askPredictions.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { writeBeside } from "./writeBeside.ts";

const HELP = `npm run storm:writers -- [--bootstraps 10] [--minutes 10] [--slices 4] [--history 126] [--instruments A,B]
  [--writers 4] [--per-second 100] [--limit 600]

Looks for a database that hangs. First so many bootstraps of a fresh store, with so many slices at once; then, for so many minutes, writers
beside a running stack: predictions through the journal, pipelines that are triggered all the time, and clients of their own. Ends with 1
when a bootstrap fails or takes more than --limit seconds, a write fails or is late, or the database had to be started again. Linux only.`;

const INSTRUMENT = "USD_SGD";
const SQLD = /\/sqld --no-welcome/;
const TRIGGERED = ["data_collection", "market_feature_pipeline", "news_feature_pipeline", "monitoring"];
const TRIGGER_EVERY_MS = 2_000;
const LOOK_MS = 500;

const { values } = parseArgs({
  options: {
    bootstraps: { type: "string", default: "10" },
    minutes: { type: "string", default: "10" },
    slices: { type: "string", default: "4" },
    history: { type: "string", default: "126" },
    instruments: { type: "string", default: "" },
    writers: { type: "string", default: "4" },
    "per-second": { type: "string", default: "100" },
    limit: { type: "string", default: "600" },
    help: { type: "boolean", short: "h", default: false },
  },
});

function print(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** What went wrong in one bootstrap, or null. */
async function bootstrapOnce(number: number): Promise<string | null> {
  const place = createFxWorkplace();
  const began = performance.now();
  try {
    const fx = await place.start(["demo", "--json", "--history", values.history], {
      HINTS_AT_ONCE: values.slices,
      ...(values.instruments === "" ? {} : { INSTRUMENTS: values.instruments }),
    });
    const result = await Promise.race([fx.result, sleep(Number(values.limit) * 1_000, null, { ref: false })]);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const restarts = result?.stderr.split("\n").filter((line) => line.includes("started again")) ?? [];
    const problem = result === null ? "it did not end" : result.code !== 0 ? `code ${result.code}: ${result.stderr.slice(-300)}` : null;
    print(`bootstrap ${number}: ${seconds} s${problem === null ? "" : `, ${problem}`}${restarts.map((line) => `, ${line}`).join("")}`);
    return problem ?? restarts[0] ?? null;
  } finally {
    place.remove();
  }
}

/** Makes runs of the pipelines beside the scheduled ones, so that several slices always have something to write. */
async function triggerOn(url: string, until: AbortSignal): Promise<void> {
  for (let turn = 0; !until.aborted; turn++) {
    const dag_id = TRIGGERED[turn % TRIGGERED.length];
    const body = JSON.stringify({ dag_run_id: `storm_writers_${turn}` });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${url}/api/v2/dags/${dag_id}/dagRuns`, { method: "POST", headers, body });
    if (answer.status >= 300) print(`a run of ${dag_id} was not made: ${answer.status} ${await answer.text()}`);
    await sleep(TRIGGER_EVERY_MS);
  }
}

/** The largest that the files of the database were together, in MB. */
async function watchSize(folder: string, until: AbortSignal): Promise<Map<string, number>> {
  const largest = new Map<string, number>();
  for (; !until.aborted; await sleep(LOOK_MS)) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const bytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      if (bytes > (largest.get(name) ?? 1_000_000)) largest.set(name, bytes);
    }
  }
  return largest;
}

async function writersBeside(stack: StackUnderTest, libsql: string): Promise<string[]> {
  const over = new AbortController();
  const before = stack.pidsOf(SQLD);
  const asking = askAtRate(stack.url, INSTRUMENT, Number(values["per-second"]), over.signal);
  const writing = writeBeside(() => stack.openDatabase(), Number(values.writers), over.signal);
  const triggering = triggerOn(stack.url, over.signal);
  const watching = watchSize(libsql, over.signal);
  await sleep(Number(values.minutes) * 60_000);
  over.abort();
  const [asked, written, sizes] = await Promise.all([asking, writing, watching, triggering]);
  const files = [...sizes].map(([name, bytes]) => `${name} ${Math.round(bytes / 1e6)} MB`).join(", ");
  print(`${written.count} writes beside, the slowest ${Math.round(written.slowest_ms)} ms; largest files: ${files}`);
  print(`${asked.acknowledged.length} predictions answered, ${asked.failures} not`);
  const after = stack.pidsOf(SQLD);
  return [
    ...written.problems,
    ...(String(before) === String(after) ? [] : [`the database was started again: ${before} then, ${after} now`]),
  ];
}

async function main(): Promise<number> {
  if (values.help) {
    print(HELP);
    return 0;
  }
  const problems: string[] = [];
  for (let number = 1; number <= Number(values.bootstraps); number++)
    problems.push(...[await bootstrapOnce(number)].filter((one) => one !== null));
  if (Number(values.minutes) > 0) {
    const folder = mkdtempSync(join(tmpdir(), "fx-writers-"));
    try {
      const size = { ...SMALL_STORE, env: { ...SMALL_STORE.env, HINTS_AT_ONCE: values.slices } };
      const stack = await createStackStarter(folder, size)("serve");
      try {
        problems.push(...(await writersBeside(stack, join(folder, "store", "libsql"))));
      } finally {
        await stack.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
  for (const problem of problems) print(problem);
  print(problems.length === 0 ? `no hang in ${values.bootstraps} bootstraps and ${values.minutes} minutes` : `${problems.length} PROBLEMS`);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = await main();
