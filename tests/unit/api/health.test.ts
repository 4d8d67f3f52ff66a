import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HOUR, SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { addModel, alternatingRows, materialize } from "../../support/models/servingFixture.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const KEYS = modelArtifactKeys("a");
const ENOSPC = async () => Promise.reject(new AppError("store_unavailable", "disk I/O error", { status: 503, retryable: true }));

let ports: TestPorts;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({
    now: NOON + 60_000,
    trainer: createFakeTrainer(),
    sentiment: createFakeScorer(),
  });
});

async function health(of: TestPorts = ports) {
  const { status, body } = await createTestApp(of).call("GET", "/health");
  return { status, ...body.components };
}

describe("a database of another schema", () => {
  const LAST = "(SELECT max(created_at) FROM __drizzle_migrations)";

  it("that is behind is degraded, and says what it lacks and what to do", async () => {
    await ports.database.$client.execute(`DELETE FROM __drizzle_migrations WHERE created_at = ${LAST}`);
    const { status, libsql } = await health();
    const newest = ports.schema.known.at(-1)?.tag;
    expect([status, libsql.status]).toEqual([200, "degraded"]);
    expect(libsql.detail).toBe(
      `the database is one migration behind (it lacks ${newest}): apply the folder migrations to it (docs/production.md); on one machine fx start does`,
    );
    await ports.database.$client.execute(`DELETE FROM __drizzle_migrations WHERE created_at = ${LAST}`);
    ports.clock.advance(5 * SECOND);
    expect((await health()).libsql.detail).toMatch(/^the database is 2 migrations behind \(it lacks \w+ to \w+\): apply/);
  });

  it("that is ahead says to deploy the version that wrote it", async () => {
    await ports.database.$client.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
    const { libsql } = await health();
    expect(libsql.status).toBe("degraded");
    expect(libsql.detail).toMatch(
      /^the database was written by a newer version of fx-medallion \(one migration that this one does not know, whose newest is \w+\): deploy the version that wrote it/,
    );
  });
});

describe("a disk that is full", () => {
  it("libSQL that takes no write is down, with the remedy", async () => {
    const full = { ...ports, writes: { ...ports.writes, database: ENOSPC } };
    const { status, libsql } = await health(full);
    expect([status, libsql.status]).toEqual([503, "down"]);
    expect(libsql.detail).toMatch(/^answers, but takes no write: disk I\/O error\. Most often the disk is full: free space/);
  });

  it("a lake that takes none is down, and serving goes on", async () => {
    const { status, lake } = await health({ ...ports, writes: { ...ports.writes, lake: ENOSPC } });
    expect([status, lake.status]).toEqual([200, "down"]);
    expect(lake.detail).toMatch(/free space on the one that the store lies on/);
  });

  it("is looked at twice a minute while all is well, and after 5 s again while it is not", async () => {
    const database = vi.fn(async (): Promise<void> => undefined);
    const app = createTestApp({ ...ports, writes: { ...ports.writes, database } });
    const ask = async () => (await app.call("GET", "/health")).body.components.libsql.status;
    for (let asked = 0; asked < 5; asked++) expect(await ask()).toBe("ok");
    expect(database).toHaveBeenCalledTimes(1);
    database.mockImplementation(ENOSPC);
    ports.clock.advance(30 * SECOND);
    expect(await ask()).toBe("down");
    database.mockImplementation(async () => undefined);
    ports.clock.advance(4 * SECOND);
    expect(await ask()).toBe("down");
    ports.clock.advance(SECOND);
    expect(await ask()).toBe("ok");
  });
});

describe("the models in Production", () => {
  const withModel = async (options: { unsealed?: boolean } = {}) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - HOUR, ...options });
    await materialize(ports, alternatingRows(NOON, 1)[0]!);
  };
  const flip = (key: string, at: number) => async () => {
    const bytes = (await ports.lake.get(key))!;
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    ports.lake.replace(key, bytes);
  };
  const remove = (key: string) => async () => ports.lake.replace(key, new Uint8Array());
  const digits = async () => {
    const text = new TextDecoder().decode((await ports.lake.get(KEYS.json))!);
    const changed = text.replace(/0\.4/, "0.1");
    expect(changed).not.toBe(text);
    ports.lake.replace(KEYS.json, new TextEncoder().encode(changed));
  };
  const reorder = async () => {
    const card = JSON.parse(new TextDecoder().decode((await ports.lake.get(KEYS.card))!));
    card.feature_names.reverse();
    ports.lake.replace(KEYS.card, new TextEncoder().encode(JSON.stringify(card, null, 2)));
  };

  it("that are whole are no problem, beside one that there is none of", async () => {
    await withModel();
    expect((await health()).models).toEqual({ status: "degraded", detail: "not in Production: fx-eurusd-predictor" });
  });

  it.each<[string, () => Promise<void>, string, string]>([
    ["another leaf value in model.json", digits, "model_corrupt", KEYS.json],
    ["a bit at the end of model.json", flip(KEYS.json, -1), "model_corrupt", KEYS.json],
    ["an empty model.json", remove(KEYS.json), "model_corrupt", KEYS.json],
    ["features in another order in the card", reorder, "model_corrupt", KEYS.card],
    ["an empty card", remove(KEYS.card), "invalid_model", KEYS.card],
  ])("%s is not served, and health names the file and what to do", async (_what, change, code, file) => {
    await withModel();
    await change();
    const answer = await createTestApp(ports).call("POST", "/predict", { instrument: "USD_SGD" });
    expect([answer.status, answer.body.code, answer.body.context.file]).toEqual([503, code, file]);
    const { status, models } = await health();
    expect([status, models.status]).toEqual([503, "down"]);
    expect(models.detail).toContain(file);
    expect(models.detail).toMatch(/npm run fx -- trigger model_training/);
  });

  it("a change under a Worker that has loaded the model is told within half a minute", async () => {
    await withModel();
    const app = createTestApp(ports);
    const ask = async () => (await app.call("GET", "/health")).body.components.models.status;
    expect(await ask()).toBe("degraded");
    await digits();
    ports.clock.advance(30 * SECOND);
    expect(await ask()).toBe("down");
  });

  it("from before hashes were recorded serve on, and are called unverified", async () => {
    await withModel({ unsealed: true });
    expect((await createTestApp(ports).call("POST", "/predict", { instrument: "USD_SGD" })).status).toBe(200);
    expect((await health()).models).toMatchObject({ detail: expect.stringMatching(/unverified.*fx-usdsgd-predictor\/1/) });
  });
});

describe("an online store that cannot be read", () => {
  const unreadable = async () =>
    Promise.reject(new AppError("schema_mismatch", "The online value online:EUR_USD is not of this version's shape.", { status: 503 }));

  it("in one value is degraded, names it, and says what mends it", async () => {
    const { status, online_store } = await health({ ...ports, online: { ...ports.online, read: unreadable } });
    expect([status, online_store.status]).toEqual([200, "degraded"]);
    expect(online_store.detail).toMatch(/online:EUR_USD.*market_feature_pipeline.*\/predict reads libSQL/);
  });

  it("in a model's pointer likewise", async () => {
    const { online_store } = await health({ ...ports, online: { ...ports.online, readProduction: unreadable } });
    expect(online_store.status).toBe("degraded");
  });
});
