import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import {
  differenceOf,
  type ObjectSnapshot,
  snapshotObjects,
  snapshotTables,
  type TableSnapshot,
} from "../support/databases/storeSnapshot.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import type { FxProcess, FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { clientOf, killPart, orderFault, untilStack, untilTasks } from "../support/stack/stackControl.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

const INSTRUMENTS = ["USD_SGD", "EUR_USD"] as const;
const RUN_ID = "manual__bootstrap__2026-07-15T10:00:00Z";
/**
 * Between two ten-minute marks, so that nothing is collected by schedule, and six minutes before the next one even at the last start. Later
 * than any model is taken to be there after its data (trainingDelay.ts): sooner, it is in Production from the moment of its promotion on,
 * which no two histories share. A start after a kill comes a minute later: leases have ended.
 */
const clockOf = (start: number) => `2026-07-15T10:3${start}:00Z`;
/** Some lines of USD_SGD are broken, so that there are rejects to compare. */
const BROKEN_CANDLE = { kind: "malformed_candle", count: 1, instrument: "USD_SGD" };
/** EUR_USD is still being collected when USD_SGD is in bronze. */
const SLOW_CANDLES = { kind: "slow", count: 1, instrument: "EUR_USD", delay_ms: 4_000 };

const workplace = createFxWorkplace();
const library = await hasLibrary();

interface Ended {
  readonly tables: TableSnapshot;
  readonly objects: ObjectSnapshot;
  readonly answers: readonly object[];
  readonly lost_leases: number;
}

/** The ports of all starts: the addresses of the sandbox's articles hold them, and articles are told apart by their addresses. */
let ports: Record<string, string> = {};

const startFx = (store: string, start: number) =>
  workplace.start(["start", "--store", store, ...SMALL_HISTORY], { ...SMALL, ...ports, FX_CLOCK: clockOf(start) });

/** Lets a start come to its end, keeps what the store holds, and stops it. */
async function finish(store: string, fx: FxProcess): Promise<Ended> {
  await fx.says(/^Serving at/m);
  const stack = workplace.stackOf(store);
  const tables = await snapshotTables(store);
  const answers: object[] = [];
  for (const instrument of INSTRUMENTS) {
    const { prediction_id: _id, timestamp: _at, ...answer } = await clientOf(stack).predict(instrument, null);
    answers.push(answer);
  }
  const database = databaseOf(store);
  const { rows } = await database.$client.execute("SELECT count(*) FROM task_attempts WHERE error->>'code' = 'lease_expired'");
  fx.signal("SIGINT");
  expect((await fx.result).code).toBe(0);
  return { tables, answers, objects: await snapshotObjects(store), lost_leases: Number(rows[0]?.[0]) };
}

async function undisturbed(): Promise<Ended> {
  const store = workplace.store("undisturbed");
  const fx = await startFx(store, 1);
  await orderFault(store, BROKEN_CANDLE);
  return finish(store, fx);
}

const isIn = (task: TaskInstance, task_id: string, ...states: string[]) => task.task_id === task_id && states.includes(task.state ?? "");

/** When the tasks of a run look as wanted, this is done to the start. */
interface Blow {
  readonly dag_id: string;
  readonly wanted: (tasks: readonly TaskInstance[]) => boolean;
  readonly strike: (fx: FxProcess) => unknown;
}

/** One start under blows, the last of which ends it. */
async function brokenOff(store: string, start: number, blows: readonly Blow[]): Promise<FxResult> {
  const fx = await startFx(store, start);
  if (start === 1) for (const fault of [BROKEN_CANDLE, SLOW_CANDLES]) await orderFault(store, fault);
  // fx may also fail on its own: its words are then the best explanation.
  const early = fx.result.then(({ code }) => Promise.reject(new Error(`start ${start} ended with ${code}:\n${fx.output()}`)));
  early.catch(() => undefined);
  await Promise.race([untilStack(store, "worker"), early]);
  for (const { dag_id, wanted, strike } of blows) {
    await Promise.race([untilTasks(store, dag_id, RUN_ID, wanted), early]);
    await strike(fx);
  }
  const result = await fx.result;
  await workplace.untilNothingRuns();
  return result;
}

describe.skipIf(!library)("a bootstrap that is killed again and again", () => {
  const store = workplace.store("disturbed");
  const broken: FxResult[] = [];
  let whole: Ended;
  let mended: Ended;

  beforeAll(async () => {
    ports = await workplace.environment();
    whole = await undisturbed();
    const kill = (part: string, command: RegExp) => () => expect(killPart(workplace.stackOf(store), part, command)).toBeGreaterThan(0);
    const first: Blow = {
      dag_id: "data_collection",
      wanted: (tasks) =>
        tasks.some((task) => task.map_key === "USD_SGD" && isIn(task, "collect_candles", "success")) &&
        tasks.some((task) => task.map_key === "EUR_USD" && isIn(task, "collect_candles", "running")),
      strike: (fx) => {
        // wrangler starts the runtime again by itself; the reader of the screen is not as patient.
        kill("worker", /workerd serve/)();
        fx.signal("SIGINT");
      },
    };
    const then: Blow[] = [
      {
        dag_id: "market_feature_pipeline",
        wanted: (tasks) => tasks.some((task) => isIn(task, "build_market_gold", "running", "up_for_reschedule")),
        strike: kill("sqld", /sqld/),
      },
      {
        dag_id: "model_training",
        wanted: (tasks) => tasks.some((task) => isIn(task, "train_model", "up_for_reschedule")),
        strike: async (fx) => {
          kill("gpu-sidecar", /main\.ts/)();
          await fx.says(/gpu-sidecar was ended by SIGKILL: started again/);
          // The next try of the training is a minute away, which the next start's clock is ahead.
          fx.signal("SIGKILL");
        },
      },
    ];
    const last: Blow[] = [
      {
        dag_id: "model_training",
        wanted: (tasks) => tasks.some((task) => isIn(task, "train_model", "success")),
        strike: (fx) => fx.signal("SIGKILL"),
      },
    ];
    broken.push(await brokenOff(store, 1, [first]), await brokenOff(store, 2, then), await brokenOff(store, 3, last));
    mended = await finish(store, await startFx(store, 4));
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("starts a part that died again and says so, and goes on with the same bootstrap each time", () => {
    expect(broken.map(({ code }) => code)).toEqual([0, null, null]);
    for (const part of ["sqld", "gpu-sidecar"])
      expect(broken[1]?.stdout).toMatch(new RegExp(`^${part} was ended by SIGKILL: started again, up in `, "m"));
    for (const { stdout } of broken.slice(1))
      expect(stdout).toContain("Going on with the bootstrap over the 126 days before 2026-07-15T10:00:00Z");
    expect(mended.lost_leases).toBeGreaterThan(0);
    expect(whole.lost_leases).toBe(0);
  });

  it("ends with the same bars, rejects, feature rows, runs, metrics, versions and stages as one that was left alone", () => {
    for (const table of [
      "bars",
      "rejects",
      "articles",
      "news_silver",
      "feature_rows",
      "datasets",
      "run_metrics",
      "model_versions",
      "model_transitions",
    ]) {
      expect(whole.tables[table]?.length, table).toBeGreaterThan(0);
    }
    for (const [table, rows] of Object.entries(whole.tables)) expect(differenceOf(rows, mended.tables[table] ?? []), table).toBeNull();
  });

  it("ends with the same objects in the lake, models among them, and the same online store", () => {
    const models = Object.keys(whole.objects.lake).filter((key) => key.endsWith("/model.json") || key.endsWith("/model.ubj"));
    expect(models).toHaveLength(2 * INSTRUMENTS.length);
    expect(mended.objects).toEqual(whole.objects);
  });

  it("answers the same", () => expect(mended.answers).toEqual(whole.answers));

  it("leaves no process", () => workplace.untilNothingRuns());
});
