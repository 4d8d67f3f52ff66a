import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import type { KeptStack } from "../../kill/keptStack.ts";
import { portVariables } from "../../support/stack/fxWorkplace.ts";
import { HERE, moduleOf, report } from "../checkout.ts";
import { cpuOfTree } from "../cpuOfTree.ts";
import { digits } from "../figures.ts";

const END = Date.UTC(2026, 6, 15, 12);
/** What the slowest feature looks back on. */
const LOOKBACK_DAYS = 100;
const DAYS = Number(process.env["FX_BENCH_BACKFILL_DAYS"] ?? 180);
const BEGIN = { end: END, history_days: DAYS + LOOKBACK_DAYS, hours: 1 };
const POLL_MS = 200;

interface View {
  readonly id: number;
  readonly state: string;
  readonly progress: { readonly total: number; readonly success: number; readonly failed: number };
}

/** The routes are those of every checkout: their answers are read without its contracts. */
async function ask(stack: KeptStack, path: string, body?: unknown): Promise<View> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${stack.worker_url}/api/v2/backfills${path}`, body === undefined ? {} : post);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as View;
}

async function measure(stack: KeptStack) {
  const order = { dag_id: "market_feature_pipeline", from_date: toIso(END - DAYS * DAY), to_date: toIso(END), step: "1d" };
  const before_ms = cpuOfTree();
  const began = performance.now();
  const { id } = await ask(stack, "", order);
  let view = await ask(stack, `/${id}`);
  for (; view.state !== "completed"; view = await ask(stack, `/${id}`)) await sleep(POLL_MS);
  const seconds = (performance.now() - began) / 1_000;
  const cpu_seconds = (cpuOfTree() - before_ms) / 1_000;
  if (view.progress.success < view.progress.total) throw new Error(`of ${view.progress.total} runs, ${view.progress.failed} failed`);
  const text = `${digits(seconds)} s, ${digits(view.progress.total / seconds)} runs/s; CPU ${digits(cpu_seconds)} s, of all processes of the stack`;
  return [{ label: `${DAYS} days by days, 7 instruments`, text, values: { seconds, cpu_seconds } }];
}

const { startKeptStack } = await moduleOf<typeof import("../../kill/keptStack.ts")>("tests/kill/keptStack.ts");
const { driveMove } = await moduleOf<typeof import("../../kill/driveMove.ts")>("tests/kill/driveMove.ts");
const { clockFor, stormWork } = await moduleOf<typeof import("../../kill/stormWork.ts")>("tests/kill/stormWork.ts");
const folder = mkdtempSync(join(tmpdir(), "fx-backfill-"));
const env = { ...(process.env as Record<string, string>), ...(await portVariables()), NEWS_FEEDS: "none" };
const stack = await startKeptStack({ root: process.argv[2] ?? HERE, folder: join(folder, "store"), env, clock_start: clockFor(BEGIN) });
try {
  await driveMove(stack, stormWork(BEGIN)[0]!);
  await report([() => measure(stack)]);
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
