import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { type OpenApi, requestOf } from "../../support/fuzz/requestOf.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

/** More by hand: `FUZZ_REQUESTS=20000 FUZZ_SEED=2 npx vitest run --project unit tests/unit/api/fuzz.test.ts`. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 1_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
/** A store of its own for each so many: what came before is there, and does not slow what follows. */
const OF_ONE_STORE = 500;

const DAGS = ALL_DAGS.map(({ dag_id }) => dag_id);
const PAIRS = ["USD_SGD", "EUR_USD"];
const MODELS = PAIRS.map((pair) => modelNameOf(pair));
const MOMENTS = ["2025-06-25T11:00:00Z", "2025-06-25T11:59:00Z", "2025-06-20T00:00:00Z"];
const VIEWS = ["market_technical", "combined_features"];
const OF = { dag_id: DAGS, instrument: PAIRS, name: MODELS, timestamp: MOMENTS, view: VIEWS, version: ["1", "2"] };
const WORDS = {
  anywhere: [...DAGS, ...PAIRS, ...MODELS, ...MOMENTS, ...VIEWS, "event_timestamp", "market_features:rsi_14", "wire", "0", "1"],
  of: { ...OF, dag_run_id: ["scheduled__2025-06-25T11:00:00Z", "manual__1"], experiment_id: ["0", "1"], stage: ["Production", "Staging"] },
};

async function createStore() {
  return createTestApp(
    await createTestPorts({ now: Date.UTC(2025, 5, 25, 12), trainer: createFakeTrainer(), sentiment: createFakeScorer() }),
  );
}

describe("requests that are made of the description, changed, or raw", () => {
  it(`are answered as the contract says, and never with 500 (${REQUESTS}, seed ${SEED})`, async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    let app = await createStore();
    const document = (await app.call("GET", "/openapi.json")).body as OpenApi;
    const failures: unknown[] = [];
    const statuses = new Map<string | number, number>();
    for (const [index, { method, path, headers, body }] of fc
      .sample(requestOf(document, WORDS), { numRuns: REQUESTS, seed: SEED })
      .entries()) {
      if (index > 0 && index % OF_ONE_STORE === 0) app = await createStore();
      logged.mockClear();
      const told = await app.call(method, path, body, { ...headers }).catch((error: unknown) => ({ status: String(error), body: null }));
      statuses.set(told.status, (statuses.get(told.status) ?? 0) + 1);
      if (typeof told.status === "string" || told.status === 500) {
        failures.push({
          method,
          path,
          sent: body,
          status: told.status,
          answer: told.body,
          log: logged.mock.calls.map(([, error]) => String((error as Error)?.stack ?? error)),
        });
      }
    }
    expect(failures).toEqual([]);
    // Not all of it is turned away at the door.
    for (const status of [200, 400, 404, 422]) expect(statuses.get(status), `answers with ${status}`).toBeGreaterThan(REQUESTS / 100);
    if (process.env["FUZZ_REQUESTS"]) console.log(Object.fromEntries(statuses));
  });
});
