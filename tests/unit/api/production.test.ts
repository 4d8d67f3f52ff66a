import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { renderMove } from "../../../functions/local/commands/modelsPromote.ts";
import { DAY, HOUR, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { sourceKeys } from "../../../shared/models/modelCard.ts";
import { promotionReason } from "../../../shared/models/promotionReason.ts";
import { GATE } from "../../support/api/actors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel, addRows, alternatingRows, materialize } from "../../support/models/servingFixture.ts";
import { SOUND } from "../../support/models/soundTags.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const MODEL = "fx-usdsgd-predictor";
const BY = { reason: "it is cheaper", by: "ann@desk" };

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
  for (const [index, run_id] of ["a", "b", "c"].entries()) await addModel(ports, { run_id, strength: 0.1 * (index + 1) });
  await ports.tracking.transition(MODEL, "1", "Production", NOON - DAY, promotionReason("r"), GATE);
  for (const version of ["2", "3"]) await ports.tracking.setVersionTags(MODEL, version, SOUND);
  const rows = alternatingRows(NOON, 60);
  await addRows(ports, rows);
  await materialize(ports, rows.at(-1)!);
});

const move = (body: object, name = MODEL) => app.call("POST", `/api/models/${name}/production`, { ...BY, ...body });
const promote = (version: string) => move({ action: "promote", version });
const rollback = (version?: string) => move({ action: "rollback", ...(version === undefined ? {} : { version }) });
const served = async () => (await app.call("POST", "/predict", { instrument: "USD_SGD" })).body.model_version;
const stages = async () => (await ports.tracking.versions(MODEL)).map(({ current_stage }) => current_stage);

describe("a person", () => {
  it("promotes a version that is sound: the former is archived, and why and who is kept", async () => {
    expect(await promote("2")).toMatchObject({ status: 200, body: { name: MODEL, version: "2", replaced: "1", effective_at: toIso(NOW) } });
    expect(await stages()).toEqual(["Archived", "Production", "None"]);
    expect(await ports.online.readProduction(MODEL)).toMatchObject({ version: "2", promoted_at: NOW });
    const by = { kind: "person", name: "ann@desk" };
    expect((await ports.tracking.transitions(MODEL)).slice(-2)).toMatchObject([
      { version: "1", to_stage: "Archived", reason: "replaced by version 2: promote: it is cheaper", by },
      { version: "2", to_stage: "Production", reason: "promote: it is cheaper", by },
    ]);
  });

  it("puts back what was there before, and again what was there before that", async () => {
    await promote("2");
    for (const [version, replaced] of [
      ["1", "2"],
      ["2", "1"],
    ]) {
      ports.clock.advance(MINUTE);
      expect(await rollback()).toMatchObject({ status: 200, body: { version, replaced } });
      expect(await ports.online.readProduction(MODEL)).toMatchObject({ version });
    }
    ports.clock.advance(MINUTE);
    expect(await rollback("1")).toMatchObject({ status: 200, body: { version: "1" } });
  });

  it("who says it twice has it once, and serving finds it where the pointer was lost", async () => {
    await promote("2");
    await ports.online.writeProduction({ name: MODEL, version: "1", run_id: "a", source: "models/a/artifacts/model", promoted_at: 1 });
    ports.clock.advance(MINUTE);
    expect((await promote("2")).body).toEqual({ name: MODEL, version: "2", replaced: null, effective_at: toIso(NOW), pinned: false });
    expect(await ports.online.readProduction(MODEL)).toMatchObject({ version: "2", promoted_at: NOW });
    expect((await ports.tracking.transitions(MODEL)).filter(({ to_stage }) => to_stage === "Production")).toHaveLength(2);
  });

  it("who says what is in Production, and is late, moves nothing: a rollback sent twice is done once", async () => {
    await promote("2");
    const shown = async () => (await app.call("GET", `/api/models/${MODEL}`)).body.rollback_version;
    expect(await shown()).toBe("1");
    ports.clock.advance(MINUTE);
    const once = { action: "rollback", expected_version: "2" };
    expect(await move(once)).toMatchObject({ status: 200, body: { version: "1", replaced: "2", pinned: true } });
    ports.clock.advance(MINUTE);
    const late = { status: 409, body: { code: "promotion_refused", detail: expect.stringContaining("version 1 of") } };
    for (const body of [once, { ...once, version: "1" }, { ...once, action: "promote", version: "3" }, { ...once, action: "unpin" }])
      expect(await move(body), JSON.stringify(body)).toMatchObject(late);
    expect(await move({ ...once, expected_version: null })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("not no") },
    });
    expect(await stages()).toEqual(["Production", "Archived", "None"]);
    expect(await ports.tracking.pinAt(MODEL, ports.clock.now())).toMatchObject({ version: "1" });
    expect(await move({ action: "unpin", expected_version: "1" })).toMatchObject({ status: 200 });
  });

  it("cannot promote what was not checked, or failed", async () => {
    await ports.tracking.setVersionTags(MODEL, "2", { shuffle_check: "failed: accuracy 56 % on shuffled labels" });
    const failed = await promote("2");
    expect(failed).toMatchObject({ status: 409, body: { code: "promotion_refused" } });
    expect(failed.body.detail).toContain("failed shuffle_check (accuracy 56 % on shuffled labels)");
    expect(await promote("1")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("has not been through") },
    });
    expect(await rollback("2")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("not let into Production before") },
    });
    expect(await rollback()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("name one") } });
    expect(await stages()).toEqual(["Production", "None", "None"]);
  });

  it("cannot promote the one model of several pairs, whatever it has passed: nobody asks it", async () => {
    const name = "fx-pooled-predictor";
    await ports.tracking.registerVersion(name, "p", "models/p/artifacts/model", NOON);
    await ports.tracking.setVersionTags(name, "1", SOUND);
    const refused = await move({ action: "promote", version: "1" }, name);
    expect(refused).toMatchObject({ status: 409, body: { code: "promotion_refused" } });
    expect(JSON.stringify(refused.body)).toContain("what it is of each pair is a version of that pair's model");
    expect(await ports.tracking.productionAt(name, Number.MAX_SAFE_INTEGER)).toBeNull();
    const record = await app.call("GET", `/api/models/${name}/record`);
    expect(record).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("has no record of what was in Production") },
    });
  });

  it("cannot promote what could not be served, or against a change that is yet to come", async () => {
    const { source } = (await ports.tracking.version(MODEL, "2"))!;
    ports.lake.replace(sourceKeys(source).json, new TextEncoder().encode("{}"));
    expect(await promote("2")).toMatchObject({ status: 503, body: { code: "model_corrupt" } });
    await ports.tracking.transition(MODEL, "1", "Archived", NOW + HOUR, "withdrawn", GATE);
    expect(await promote("3")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("later than the clock") },
    });
    expect(await stages()).toEqual(["Archived", "None", "None"]);
  });

  it.each([
    [{ action: "promote", version: "9" }, 404, "version"],
    [{ action: "promote" }, 422, "version"],
    [{ action: "promote", version: "0" }, 422, "version"],
    [{ action: "promote", version: "2", reason: "  " }, 422, "reason"],
    [{ action: "rollback", by: "" }, 422, "by"],
    [{ action: "rollback", force: true }, 422, "force"],
    [{ action: "withdraw" }, 422, "action"],
    [{ action: "promote", version: "2", pin: "yes" }, 422, "pin"],
    [{ action: "unpin", version: "2" }, 422, "version"],
    [{ action: "rollback", expected_version: "v2" }, 422, "expected_version"],
  ])("who says %j is told what is wrong", async (body, status, field) => {
    expect(await move(body)).toMatchObject({ status, body: { field } });
  });

  it("means a model of training's by either of its names, and no other", async () => {
    expect(await move({ action: "promote", version: "2" }, "USD_SGD_direction_h1")).toMatchObject({ status: 200, body: { name: MODEL } });
    for (const name of ["nothing", "fx-eurusd-predictor"])
      expect(await move({ action: "rollback" }, name)).toMatchObject({ status: 404, body: { code: "unknown_model" } });
  });
});

describe("what is pinned", () => {
  const pinned = async () => (await app.call("GET", `/api/models/${MODEL}`)).body.pinned;
  const by = { kind: "person", name: "ann@desk" };

  it("is what a rollback went to, with who, when and why, wherever the model is shown", async () => {
    await promote("2");
    expect(await pinned()).toBeNull();
    ports.clock.advance(MINUTE);
    expect((await rollback()).body).toMatchObject({ version: "1", pinned: true });
    const pin = { version: "1", since: toIso(NOW + MINUTE), reason: "rollback: it is cheaper", by };
    expect(await pinned()).toEqual(pin);
    expect((await app.call("GET", "/api/models")).body.models[0]).toMatchObject({ name: MODEL, pinned: pin });
    const { body } = await app.call("GET", `/api/models/${MODEL}/history`);
    expect(body.aliases).toEqual([{ alias: "pinned", version: "1" }]);
    const [change] = body.changes.filter(({ kind }: { kind: string }) => kind === "alias");
    expect(change).toMatchObject({ alias: "pinned", to_version: "1", reason: pin.reason, by });
    ports.clock.advance(MINUTE);
    expect(await rollback("1")).toMatchObject({ status: 200 });
    expect(await pinned()).toEqual(pin);
  });

  it.each([
    ["a rollback that says so pins nothing", () => move({ action: "rollback", version: "1", pin: false }), null],
    ["a promotion that says so pins", () => move({ action: "promote", version: "2", pin: true }), "2"],
    ["a promotion of the one that is there pins it", () => move({ action: "promote", version: "3", pin: true }), "3"],
    ["a promotion of another ends it", () => promote("2"), null],
    ["a promotion of the pinned one leaves it", () => move({ action: "promote", version: "3" }), "3"],
  ])("%s", async (name, act, version) => {
    await promote("2");
    ports.clock.advance(MINUTE);
    await move({ action: "promote", version: "3", pin: /leaves|ends/.test(name) });
    ports.clock.advance(MINUTE);
    expect((await act()).body.pinned).toBe(version !== null);
    expect((await ports.tracking.pinAt(MODEL, ports.clock.now()))?.version ?? null).toBe(version);
  });

  it("ends by itself for nobody: it is ended by name, and then there is none to end", async () => {
    await promote("2");
    ports.clock.advance(MINUTE);
    await rollback();
    ports.clock.advance(MINUTE);
    expect(await move({ action: "unpin" })).toMatchObject({ status: 200, body: { version: "1", replaced: null, pinned: false } });
    expect(await pinned()).toBeNull();
    expect(await ports.tracking.pinAt(MODEL, NOW + MINUTE)).toMatchObject({ version: "1" });
    const { body } = await app.call("GET", `/api/models/${MODEL}/history`);
    expect(body.changes[0]).toMatchObject({ alias: "pinned", from_version: "1", to_version: null, reason: "unpin: it is cheaper", by });
    expect(await move({ action: "unpin" })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("is pinned") },
    });
    expect(await stages()).toEqual(["Production", "Archived", "None"]);
  });
});

it("a pin that keeps nothing in Production is taken away, and what is there is told: nothing", async () => {
  const name = "fx-eurusd-predictor";
  await ports.tracking.registerVersion(name, "e", "models/e/artifacts/model", NOON);
  await ports.tracking.pin(name, "1", NOW, "by an MLflow client", { kind: "person", name: "ann@desk" });
  ports.clock.advance(MINUTE);
  const none = { name, version: null, replaced: null, effective_at: toIso(NOW + MINUTE), pinned: false };
  expect(await move({ action: "unpin" }, name)).toMatchObject({ status: 200, body: none });
  expect(await ports.tracking.pinAt(name, NOW + MINUTE)).toBeNull();
  expect(renderMove(none)).toBe(
    `No version of ${name} is pinned any more. None is in Production: the next that passes its checks comes there.`,
  );
});

it("two that promote at once leave serving with what the registry has", async () => {
  const write = ports.online.writeProduction;
  // The first pointer is on its way while the other promotion comes and goes.
  let is_first = true;
  vi.spyOn(ports.online, "writeProduction").mockImplementation(async (pointer) => {
    if (is_first) {
      is_first = false;
      ports.clock.advance(SECOND);
      expect((await promote("3")).status).toBe(200);
    }
    await write(pointer);
  });
  expect((await promote("2")).status).toBe(200);
  expect(await stages()).toEqual(["Archived", "Archived", "Production"]);
  expect(await ports.online.readProduction(MODEL)).toMatchObject({ version: "3" });
});

it("serves the other within five seconds, and answers every question meanwhile", async () => {
  expect(await served()).toBe(`${MODEL}/1`);
  const answers: string[] = [];
  const ask = async (count: number) => {
    for (const answer of await Promise.all(Array.from({ length: count }, served))) answers.push(answer);
  };
  for (const step of [() => promote("2"), () => rollback(), () => promote("3")]) {
    const [moved] = await Promise.all([step(), ask(20)]);
    expect(moved.status).toBe(200);
    for (let second = 0; second < 5; second++) {
      ports.clock.advance(SECOND);
      await ask(5);
    }
    expect(await served()).toBe(`${MODEL}/${moved.body.version}`);
  }
  expect([...new Set(answers)].sort()).toEqual([1, 2, 3].map((version) => `${MODEL}/${version}`));
  expect(answers).toHaveLength(3 * 45);
});
