import { describe, expect, it } from "vitest";
import type { RunRequest, WorkerClient } from "../../../functions/local/client/workerClient.ts";
import { catchUp, dueOf } from "../../../functions/local/stack/catchUp.ts";
import type { DagRun } from "../../../shared/contracts/dags.ts";
import { DAY, HOUR, type Instant, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const hourly = { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" } as const;
const CRONS: Readonly<Record<string, string>> = {
  data_collection: "*/10 * * * *",
  market_feature_pipeline: "0 * * * *",
  news_feature_pipeline: "*/30 * * * *",
  model_training: "0 16 * * *",
};

const runUntil = (end: Instant, state = "success") =>
  ({ dag_run_id: `scheduled__${toIso(end)}`, data_interval_start: toIso(end - HOUR), data_interval_end: toIso(end), state }) as DagRun;

describe("what is due of a pipeline", () => {
  it.each<[string, DagRun | null, boolean, unknown]>([
    ["the newest run covers the last interval", runUntil(NOON), false, null],
    ["it covers it, and failed: that is told of elsewhere", runUntil(NOON, "failed"), false, null],
    ["it covers it, and is not done", runUntil(NOON, "running"), false, { kind: "begun", run: runUntil(NOON, "running") }],
    ["it covers it, and the answers are stale", runUntil(NOON), true, { kind: "missed", window: { start: NOON - HOUR, end: NOON } }],
    ["two hours were missed", runUntil(NOON - 2 * HOUR), false, { kind: "missed", window: { start: NOON - 2 * HOUR, end: NOON } }],
    ["a year was missed", runUntil(NOON - 365 * DAY), false, { kind: "missed", window: { start: NOON - 35 * DAY, end: NOON } }],
    ["it never ran", null, false, { kind: "missed", window: { start: NOON - HOUR, end: NOON } }],
    ["the clock has gone back since", runUntil(NOON + DAY), false, null],
  ])("%s", (_name, newest, isStale, expected) => {
    expect(dueOf({ schedule: hourly }, newest, NOW, isStale)).toEqual(expected);
  });

  it("is nothing without a schedule", () => {
    expect(dueOf({ schedule: null }, null, NOW, true)).toBeNull();
  });
});

interface World {
  readonly newest: (dag_id: string) => Instant;
  readonly paused?: string;
  readonly end?: "success" | "failed";
  readonly stale?: boolean;
}

async function catchUpOn({ newest, paused, end = "success", stale = false }: World) {
  const triggered: RunRequest[] = [];
  const said: string[] = [];
  const client = {
    store: async () => ({ clock: toIso(NOW) }),
    models: async () => [{ instrument: "USD_SGD" }],
    predict: async () => {
      throw new AppError(stale ? "features_stale" : "no_production_model", "", { status: 503 });
    },
    dag: async (dag_id: string) => ({ schedule: { ...hourly, cron: CRONS[dag_id] }, is_paused: dag_id === paused }),
    runs: async (dag_id: string) => ({ dag_runs: [runUntil(newest(dag_id))] }),
    triggerRun: async (request: RunRequest) => void triggered.push(request),
    run: async () => ({ state: end }),
    tasks: async () => [{ task_id: "t", map_key: "", state: end, try_number: 1, report: null }],
    attempts: async () => [{ error: { code: "source_unavailable", message: "away" } }],
  } as unknown as WorkerClient;
  await catchUp(client, { say: (line) => void said.push(line), progress: () => {} });
  return { triggered: triggered.map(({ dag_id, start, end: until }) => [dag_id, toIso(start), toIso(until)]), said };
}

describe("a start on a store that is two hours behind", () => {
  const newest = () => NOON - 2 * HOUR;

  it("does what is due in order, over what was missed, and says how far it is", async () => {
    const { triggered, said } = await catchUpOn({ newest });
    expect(triggered).toEqual([
      ["data_collection", "2025-06-25T10:00:00Z", "2025-06-25T12:20:00Z"],
      ["market_feature_pipeline", "2025-06-25T10:00:00Z", "2025-06-25T12:00:00Z"],
      ["news_feature_pipeline", "2025-06-25T10:00:00Z", "2025-06-25T12:00:00Z"],
    ]);
    expect(said[0]).toBe("Work fell due while the stack was off, 2 h 20 min 0 s since the last of it: doing it now.");
    expect(said.slice(1).map((line) => line.slice(0, 6))).toEqual(["1/3 co", "2/3 bu", "3/3 re"]);
  });

  it("goes on when one of them fails, and says why", async () => {
    const { triggered, said } = await catchUpOn({ newest, end: "failed" });
    expect(triggered).toHaveLength(3);
    expect(said.filter((line) => line.includes("source_unavailable: away"))).toHaveLength(3);
  });

  it("leaves out one that is paused, and says how to go on with it", async () => {
    const { triggered, said } = await catchUpOn({ newest, paused: "market_feature_pipeline" });
    expect(triggered.map(([dag_id]) => dag_id)).toEqual(["data_collection", "news_feature_pipeline"]);
    expect(said.join("\n")).toContain("npm run fx -- unpause market_feature_pipeline");
  });
});

describe("a start on a store that is current", () => {
  const newest = (dag_id: string) => (dag_id === "data_collection" ? NOON + 20 * MINUTE : NOON);

  it("does and says nothing", async () => {
    expect(await catchUpOn({ newest })).toEqual({ triggered: [], said: [] });
  });

  it("runs everything once more where the answers are stale all the same", async () => {
    expect((await catchUpOn({ newest, stale: true })).triggered.map(([dag_id]) => dag_id)).toEqual([
      "data_collection",
      "market_feature_pipeline",
      "news_feature_pipeline",
    ]);
  });
});

describe("a start after a night that the stack was off", () => {
  const newest = (dag_id: string) => (dag_id === "model_training" ? NOON - DAY : NOON + 20 * MINUTE);

  it("says that no model was trained, and how to train one, and trains none itself", async () => {
    const { triggered, said } = await catchUpOn({ newest });
    expect(triggered).toEqual([]);
    expect(said).toEqual([
      "model_training did not run at 2025-06-24T16:00:00Z, when the stack was off; the models of before serve on. " +
        "To train now: npm run fx -- trigger model_training",
    ]);
  });

  it("says nothing where training is paused", async () => {
    expect((await catchUpOn({ newest, paused: "model_training" })).said).toEqual([]);
  });
});
