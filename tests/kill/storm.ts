import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { requireInstant } from "../../shared/domain/instant.ts";
import { portVariables } from "../support/stack/fxWorkplace.ts";
import { renderLoad, renderStorm } from "./renderStorm.ts";
import { runUndisturbed, type StormOptions, type StormReport, strikeAgain, underLoad } from "./runStorm.ts";

const HELP = `npm run storm -- [--kills 50] [--seed N[,N...]] [--end TIME] [--hours 6] [--history 126] [--instruments A,B]
  [--load 100] [--load-kills 50] [--only-load] [--host start|serve] [--sidecars 1]
  [--slices 4] [--keep] [--json]

Runs all pipelines on the simulated market twice, with real processes: left alone, and with kill -9 of the Worker, its
runtime, sqld, the sidecar, the sandbox and the ticker at random moments (with several seeds: of each
in turn, against the same history that was left alone). Then --load-kills (as many as before) while --load predictions a second
are asked for of that host's Worker, and five orderly ends; with --only-load that alone, on the store that was left alone. Ends with 1 when anything
that they keep differs, or an answered prediction is missing in the log, or is there with other features than the served ones.
With --sidecars 3 there are three, each of which is hit by itself; --slices says how many tasks the Worker runs at once (4).`;
/** Wednesday noon: 16:00, when the models are trained, is in the hours after it. */
const END = "2026-07-15T12:00:00Z";

const ORDERLY_ENDS = 5;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    end: { type: "string", default: END },
    hours: { type: "string", default: "6" },
    history: { type: "string", default: "126" },
    instruments: { type: "string", default: "USD_SGD,EUR_USD,USD_JPY" },
    load: { type: "string", default: "100" },
    "load-kills": { type: "string" },
    "only-load": { type: "boolean", default: false },
    host: { type: "string", default: "start" },
    sidecars: { type: "string", default: "1" },
    slices: { type: "string" },
    keep: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

function wholeNumber(name: "kills" | "hours" | "history" | "load" | "load-kills" | "sidecars" | "slices"): number {
  const text = values[name] ?? values.kills;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${name}: "${text}" is not a whole number.\n\n${HELP}\n`);
  process.exit(2);
}

function seeds(): number[] {
  if (/^\d{1,9}(,\d{1,9})*$/.test(values.seed)) return values.seed.split(",").map(Number);
  process.stderr.write(`--seed: "${values.seed}" is no whole number, nor several with commas.\n\n${HELP}\n`);
  process.exit(2);
}

/** Both stacks have the same ports: what the monitoring says of one of several sidecars names it by its own. */
async function environment(): Promise<Record<string, string>> {
  const sidecars = wholeNumber("sidecars");
  const slices = values.slices === undefined ? {} : { HINTS_AT_ONCE: String(wholeNumber("slices")) };
  return {
    ...(process.env as Record<string, string>),
    ...(await portVariables(sidecars)),
    INSTRUMENTS: values.instruments,
    FX_SIDECARS: String(sidecars),
    ...slices,
  };
}

async function strikeUnderLoad(options: StormOptions): Promise<number> {
  const load = await underLoad(options);
  if (load) process.stdout.write(`${values.json ? JSON.stringify(load) : renderLoad(load)}\n`);
  return isLoadKept(load) ? 0 : 1;
}

function isLoadKept(load: StormReport["load"]): boolean {
  return load === null || (load.missing.length === 0 && load.wrong_features.length === 0);
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "fx-storm-"));
  try {
    const options = {
      root: fileURLToPath(new URL("../..", import.meta.url)),
      folder,
      env: await environment(),
      kills: wholeNumber("kills"),
      end: requireInstant(values.end, "end"),
      history_days: wholeNumber("history"),
      hours: wholeNumber("hours"),
      ...(wholeNumber("load") > 0
        ? { load: { kills: wholeNumber("load-kills"), orderly: ORDERLY_ENDS, per_second: wholeNumber("load") } }
        : {}),
      load_host: values.host === "serve" ? ("serve" as const) : ("dev" as const),
      say: (line: string) => void process.stderr.write(`${line}\n`),
    };
    const calm = await runUndisturbed(options);
    if (values["only-load"]) return await strikeUnderLoad({ ...options, seed: seeds()[0] ?? 0 });
    const reports: StormReport[] = [];
    for (const seed of seeds()) {
      const report = await strikeAgain({ ...options, seed }, calm);
      reports.push(report);
      process.stdout.write(`${values.json ? JSON.stringify(report) : renderStorm(report)}\n`);
    }
    return reports.every(({ is_equal, load }) => is_equal && isLoadKept(load)) ? 0 : 1;
  } finally {
    if (values.keep) process.stderr.write(`The stores are kept in ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

process.exitCode = await main();
