import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { modelHistorySchema } from "../../shared/contracts/models.ts";
import { MAX_PREDICT_BODY_BYTES } from "../../shared/contracts/predict.ts";
import { problemSchema } from "../../shared/contracts/route/ownErrors.ts";
import { readProblem } from "../../shared/contracts/route/readProblem.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import type { FxProcess } from "../support/stack/fxProcess.ts";
import { createFxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { clientOf, orderFault, until } from "../support/stack/stackControl.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** Between two ten-minute marks: nothing happens by schedule meanwhile. */
const CLOCK = "2026-07-15T10:11:00Z";
const workplace = createFxWorkplace();
const store = workplace.store("sandbox");
const library = await hasLibrary();

let fx: FxProcess;
let stack: RunFile;

describe.skipIf(!library)("a running stack", () => {
  beforeAll(async () => {
    fx = await workplace.start(["start", "--store", store, ...SMALL_HISTORY], { ...SMALL, FX_CLOCK: CLOCK });
    await fx.says(/^Serving at/m);
    stack = workplace.stackOf(store);
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  describe("POST /predict", () => {
    it.each<[string, unknown, number, string]>([
      ["an unknown instrument", { instrument: "GBP_USD" }, 404, "instrument"],
      ["no pair", { instrument: "usd" }, 404, "instrument"],
      ["no instrument", {}, 422, "instrument"],
      ["a number as instrument", { instrument: 7 }, 422, "instrument"],
      ["a timestamp that is none", { instrument: "USD_SGD", timestamp: "yesterday" }, 400, "timestamp"],
      ["a day that does not exist", { instrument: "USD_SGD", timestamp: "2026-02-30T00:00:00Z" }, 400, "timestamp"],
      ["a time without a zone", { instrument: "USD_SGD", timestamp: "2026-07-01T00:00:00" }, 400, "timestamp"],
      ["a number as timestamp", { instrument: "USD_SGD", timestamp: 1_783_500_000_000 }, 422, "timestamp"],
      ["the future", { instrument: "USD_SGD", timestamp: "2027-01-01T00:00:00Z" }, 422, "timestamp"],
      ["an unknown field", { instrument: "USD_SGD", horizon: 5 }, 422, "horizon"],
      ["an array", ["USD_SGD"], 422, "body"],
      ["null", null, 422, "body"],
    ])("answers %s with the field named", async (_name, body, status, field) => {
      expect(await refusal(JSON.stringify(body))).toMatchObject({ status, field });
    });

    it.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
      ["an empty body", "", 400],
      ["a form", "instrument=USD_SGD", 400],
      ["half a document", '{"instrument": "USD_S', 400],
      ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0x7b), 400],
      ["a deep nest", "[".repeat(8_000) + "]".repeat(8_000), 400],
      ["16 KiB and a byte", " ".repeat(MAX_PREDICT_BODY_BYTES + 1), 413],
      ["a megabyte", "x".repeat(1_000_000), 413],
    ])("refuses %s", async (_name, body, status) => {
      expect(await refusal(body)).toMatchObject({ status, field: "body" });
    });

    it("lists the known instruments to whom asks for another", async () => {
      expect((await refusal('{"instrument": "GBP_USD"}')).message).toContain("USD_SGD, EUR_USD");
    });

    it("accepts a body of exactly 16 KiB", async () => {
      const body = '{"instrument": "USD_SGD"}';
      expect((await ask(body + " ".repeat(MAX_PREDICT_BODY_BYTES - body.length))).status).toBe(200);
    });

    it.each(["GET", "PUT", "PATCH", "DELETE"])("allows no %s, and says what it does allow", async (method) => {
      const response = await fetch(`${stack.worker_url}/predict`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("POST");
      expect(problemSchema.parse(await response.json()).code).toBe("method_not_allowed");
    });

    it("never answers 500, whatever is sent", async () => {
      const fields = fc
        .record({ instrument: fc.oneof(fc.constant("USD_SGD"), fc.string({ unit: "binary" })), timestamp: fc.string() })
        .map((body) => JSON.stringify(body));
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
            fc.json(),
            fields,
          ),
          async (body) => {
            const { status } = await refusal(body);
            expect([400, 404, 413, 422]).toContain(status);
          },
        ),
        { numRuns: 60, seed: 20_260_715 },
      );
    });

    it("still answers a good question after all that", async () => {
      expect((await ask('{"instrument": "USD_SGD"}')).status).toBe(200);
    });
  });

  it.each([
    ["/nothing", 404],
    ["/api/models/nope", 404],
    ["/api/models/%E0%A4%A", 404],
    ["/api/v2/dags/nope", 404],
    ["/api/v2/dags/data_collection/dagRuns/nope", 404],
    ["/api/v2/dags/~/dagRuns?limit=abc", 422],
    ["/api/v2/dags/~/dagRuns?limit=100000", 422],
    ["/api/v2/dags/~/dagRuns?offset=-1", 422],
    ["/api/v2/dags/~/dagRuns?state=asleep", 422],
  ])("answers GET %s with %d", async (path, status) => {
    const response = await fetch(stack.worker_url + path);
    expect(response.status).toBe(status);
    expect(readProblem(await response.json())?.message.length).toBeGreaterThan(10);
  });

  it("takes a real candle by no road: the store holds the simulated market", async () => {
    const response = await fetch(`${stack.worker_url}/api/import/candles?instrument=USD_SGD&granularity=H1`, {
      method: "POST",
      body: "{}",
    });
    expect(response.status).toBe(409);
    expect(problemSchema.parse(await response.json()).code).toBe("mixed_markets");
  });

  describe("a source with faults", () => {
    /** Days before the bootstrap's, so that there is something to collect. */
    const WINDOW = { start: Date.parse("2026-02-23T00:00:00Z"), end: Date.parse("2026-02-28T00:00:00Z") };
    /** From Sunday's open to Friday's close that week. */
    const MARKET_HOURS = 5 * 24;

    it("is asked again after 429, 500, a slow and a cut-off answer, and its broken candle becomes a reject", async () => {
      for (const kind of ["rate_limit", "server_error", "truncate"]) await orderFault(store, { kind, count: 1, instrument: "USD_SGD" });
      await orderFault(store, { kind: "slow", count: 1, instrument: "EUR_USD", delay_ms: 500 });
      await orderFault(store, { kind: "malformed_candle", count: 1, instrument: "EUR_USD" });
      const tasks = await collect("faults");
      expect(tasks.map((task) => task.state)).toEqual(["success", "success", "success", "success"]);
      expect(tasks.map((task) => task.try_number)).toEqual([1, 1, 1, 1]);
      expect(await activeFaults()).toEqual([]);
      expect(await countOf("bars", "USD_SGD")).toBeGreaterThan(0.95 * MARKET_HOURS);
      expect(await countOf("bars", "EUR_USD")).toBeGreaterThan(0.95 * MARKET_HOURS);
      expect(await rejects("EUR_USD")).toEqual([{ reason: "bid_above_ask", raw: expect.stringContaining('"complete":true') }]);
      expect(await rejects("USD_SGD")).toEqual([]);
    });

    it("that is away for one instrument holds up no other", async () => {
      await orderFault(store, { kind: "server_error", count: 1_000, instrument: "EUR_USD" });
      const run_id = await trigger("away", { start: WINDOW.start - 7 * 24 * 3_600_000, end: WINDOW.start });
      const tasks = await until("the end of USD_SGD and a retry of EUR_USD", async () => {
        const found = await clientOf(stack).tasks("data_collection", run_id);
        const state = (task_id: string, map_key: string) =>
          found.find((task) => task.task_id === task_id && task.map_key === map_key)?.state;
        return state("validate_bronze", "USD_SGD") === "success" && state("collect_candles", "EUR_USD") === "up_for_retry" ? found : null;
      });
      expect(tasks.find((task) => task.map_key === "EUR_USD" && task.task_id === "validate_bronze")?.state).not.toBe("success");
      const [attempt] = await clientOf(stack).attempts("data_collection", run_id, "collect_candles", "EUR_USD");
      expect(attempt?.error).toMatchObject({ code: "source_unavailable", retryable: true });
      expect(attempt?.error?.message).toContain("EUR_USD: OANDA answered 500");
    });

    async function collect(name: string) {
      const run_id = await trigger(name, WINDOW);
      return until(`the end of ${run_id}`, async () => {
        const { state } = await clientOf(stack).run("data_collection", run_id);
        if (state !== "success" && state !== "failed") return null;
        const tasks = await clientOf(stack).tasks("data_collection", run_id);
        return tasks.filter((task) => ["collect_candles", "validate_bronze"].includes(task.task_id));
      });
    }

    async function trigger(name: string, window: { start: number; end: number }): Promise<string> {
      const run = await clientOf(stack).triggerRun({
        dag_id: "data_collection",
        run_id: `test__${name}`,
        ...window,
        conf: {},
        run_type: "manual",
      });
      return run.dag_run_id;
    }

    async function activeFaults(): Promise<unknown[]> {
      const response = await fetch(`http://127.0.0.1:${stack.ports["sandbox"]}/sandbox/faults`);
      return ((await response.json()) as { faults: unknown[] }).faults;
    }

    async function countOf(table: string, instrument: string): Promise<number> {
      const { rows } = await query(`SELECT count(*) FROM ${table} WHERE instrument = ? AND start >= ? AND start < ?`, instrument);
      return Number(rows[0]?.[0]);
    }

    async function rejects(instrument: string): Promise<unknown[]> {
      const { rows } = await query(
        "SELECT reason, raw FROM rejects WHERE instrument = ? AND object_key IN (SELECT key FROM bronze_objects WHERE window_start >= ? AND window_start < ?)",
        instrument,
      );
      return rows.map((row) => ({ reason: row["reason"], raw: row["raw"] }));
    }

    function query(sql: string, instrument: string) {
      const { $client: client } = databaseOf(store);
      return client.execute({ sql, args: [instrument, WINDOW.start, WINDOW.end] });
    }
  });

  describe("another fx command beside it", () => {
    const ours = (...words: string[]) => workplace.run([...words, "--store", store]);
    const candles = join(workplace.folder, "USD_SGD_H1.ndjson");
    beforeAll(() => writeFileSync(candles, "{}\n"));

    it.each<[string, string[], string]>([
      ["a second start on the store", ["start"], "A stack already runs on the store"],
      ["an import into the simulated market", ["import", "candles", candles], "holds the simulated market, and a store holds one market"],
      ["a pair that is not known", ["predict", "GBP_USD"], "Known: USD_SGD, EUR_USD"],
      ["a prediction about the future", ["predict", "USD_SGD", "--at", "2030-01-01T00:00:00Z"], "is in the future"],
      ["the repetition of a run that is not known", ["reproduce", "0".repeat(32)], "is not known: there is no record to train it from"],
      ["a pipeline that does not exist", ["runs", "nonsense"], "Known: data_collection, market_feature_pipeline"],
      [
        "a backfill without candles",
        ["backfill", "--from", "2024-01-01", "--to", "2024-02-01"],
        "No instrument has hourly candles from 2024-01-01 to 2024-02-01",
      ],
    ])("refuses %s in one sentence", async (_name, words, sentence) => {
      const { code, stderr } = await ours(...words);
      expect(code).toBe(1);
      expect(stderr.trim()).toMatch(/^fx: [^\n]+$/);
      expect(stderr).toContain(sentence);
    });

    it("trains a run again from its record, and finds the same bytes", async () => {
      const history = modelHistorySchema.parse(await (await fetch(`${stack.worker_url}/api/models/fx-eurusd-predictor`)).json());
      const { code, stdout, stderr } = await ours("reproduce", history.versions[0]!.run_id);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("fx:") });
      expect(stdout).toMatch(/: equal\n(?: {2}code: .*\n)? {2}model\.json: equal, SHA-256 [0-9a-f]{64}\n {2}model\.ubj: equal/);
    });

    it("names the process that holds a port which it wants", async () => {
      const taken = { FX_WORKER_PORT: String(stack.ports["sqld"]) };
      const { code, stderr } = await workplace.run(["start", "--store", workplace.store("other")], taken);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^\nfx: Port \d+, wanted for the Worker, is in use/);
      if (process.platform === "linux") expect(stderr).toMatch(/by process \d+ \(.*sqld/);
      expect(stderr).toContain("choose another port with FX_WORKER_PORT=PORT");
    });

    it("says how it is, and is not disturbed", async () => {
      const { code, stdout } = await ours("status");
      expect(stdout).toMatch(/^Health: (ok|degraded)$/m);
      expect(stdout).toMatch(/^Monitoring: \w+$/m);
      // What has colours on a terminal has none here; and it is 1 where anything is not well.
      expect(stdout).not.toContain("\u001b");
      if (stdout.includes("Health: degraded")) expect(code).toBe(1);
      for (const part of ["sqld", "sandbox", "gpu-sidecar", "worker", "ticker"])
        expect(stdout).toMatch(new RegExp(`^${part} +\\d+ +\\d+ MB$`, "m"));
      expect((await ask('{"instrument": "EUR_USD"}')).status).toBe(200);
    });
  });

  it("stops on Ctrl-C with 0, and leaves no process", async () => {
    fx.signal("SIGINT");
    expect((await fx.result).code).toBe(0);
    await workplace.untilNothingRuns();
  });
});

function ask(body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${stack.worker_url}/predict`, { method: "POST", body });
}

/** The refusal in the shape that every error has; the field that it names, too. */
async function refusal(body: string | Uint8Array<ArrayBuffer>) {
  const response = await ask(body);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { status, detail, field } = problemSchema.parse(await response.json());
  expect(response.status).toBe(status);
  return { status, message: detail, field };
}
