import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { logAnswers, servedAnswer } from "../../support/models/monitorFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 90 * MINUTE;
const ASKED = NOON + 5 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
  await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
  await logAnswers(ports, [
    servedAnswer(NOON, 0.6, { prediction_id: "first" }),
    servedAnswer(NOON, 0.4, { prediction_id: "second", requested_at: ASKED + MINUTE }),
    servedAnswer(NOON, 0.6, { prediction_id: "long", model_name: modelNameOf("USD_SGD", 5) }),
    servedAnswer(NOON + HOUR, 0.6, { prediction_id: "running" }),
  ]);
});

const send = (body: Record<string, unknown>) => app.call("POST", "/feedback", { source: "desk", ...body });
const outcomeOf = async (id: string) => (await app.call("GET", `/predictions/${id}`)).body.outcome;

describe("feedback", () => {
  it("by prediction_id overrides the bars for all answers about the same bar, with its source named", async () => {
    expect(await outcomeOf("first")).toMatchObject({ realized_direction: "bullish", was_right: true, source: "bars" });
    const { status, body } = await send({ prediction_id: "first", realized_direction: "bearish" });
    expect([status, body]).toEqual([200, report({ realized_direction: "bearish", realized_price: null })]);
    const outcome = { realized_direction: "bearish", return_bp: null, source: "desk", by_bars: "bullish", known_at: toIso(NOW) };
    expect(await outcomeOf("first")).toEqual({ ...outcome, was_right: false });
    expect(await outcomeOf("second")).toEqual({ ...outcome, was_right: true });
    expect(await outcomeOf("long")).toBeNull();
    expect((await app.call("GET", "/predictions?instrument=USD_SGD")).body.predictions.at(-1).outcome.source).toBe("desk");
  });

  it("by instrument and timestamp is about the horizon that was asked for", async () => {
    ports.clock.set(NOON + 6 * HOUR);
    const asked = { instrument: "USD_SGD", timestamp: toIso(ASKED), realized_direction: "bearish" };
    expect((await send({ ...asked, horizon_bars: 5 })).body).toMatchObject({ target_end: toIso(NOON + 5 * HOUR) });
    expect([await outcomeOf("first"), await outcomeOf("long")]).toMatchObject([{ source: "bars" }, { source: "desk" }]);
    const both = await send({ prediction_id: "long", horizon_bars: 5, realized_direction: "flat" });
    expect([both.status, both.body.field]).toEqual([422, "horizon_bars"]);
  });

  it("of what is not over names the field by which it was found", async () => {
    const { status, body } = await send({ instrument: "USD_SGD", timestamp: toIso(NOON + HOUR + 5 * MINUTE), realized_direction: "flat" });
    expect([status, body.field]).toEqual([422, "timestamp"]);
  });

  it.each([
    [1.29, "bearish"],
    [1.3, "flat"],
    [1.32, "bullish"],
  ])("by a price of %d says %s, from mid at event_time", async (realized_price, realized_direction) => {
    const { status, body } = await send({ prediction_id: "first", realized_price });
    expect([status, body]).toEqual([200, report({ realized_direction, realized_price })]);
    expect(await outcomeOf("first")).toMatchObject({ return_bp: expect.closeTo(Math.log(realized_price / 1.3) * 1e4, 9) });
  });

  it.each([
    ["the moment of the answer, which was logged milliseconds later", ASKED - 20],
    ["a moment until which nothing else was asked", NOON + 59 * MINUTE],
  ])("by instrument and %s is of the same bar", async (_name, at) => {
    const { status, body } = await send({ instrument: "USD_SGD", timestamp: toIso(at), realized_direction: "flat" });
    expect([status, body.event_time, body.realized_direction]).toEqual([200, toIso(NOON), "flat"]);
    expect((await outcomeOf("second")).realized_direction).toBe("flat");
  });

  it("that comes again changes nothing, whoever sends it and by whatever name", async () => {
    const first = await send({ prediction_id: "first", realized_price: 1.29 });
    ports.clock.advance(HOUR);
    const again = [
      { prediction_id: "first", realized_price: 1.29 },
      { prediction_id: "second", realized_price: 1.29, source: "another desk" },
      { prediction_id: "first", realized_direction: "bearish" },
      { instrument: "USD_SGD", timestamp: toIso(ASKED), realized_direction: "bearish" },
    ];
    for (const body of again) expect(await send(body)).toMatchObject({ status: 200, body: first.body });
  });

  it.each([
    ["another direction", { realized_direction: "bullish" }, "realized_direction"],
    ["a price of another direction", { realized_price: 1.4 }, "realized_price"],
    ["another price of the same direction", { realized_price: 1.28 }, "realized_price"],
    ["another direction by another name", { prediction_id: "second", realized_direction: "flat" }, "realized_direction"],
  ])("that contradicts what was said is 409, and the first stands: %s", async (_name, change, field) => {
    await send({ prediction_id: "first", realized_price: 1.29 });
    const { status, body } = await send({ prediction_id: "first", source: "another desk", ...change });
    expect([status, body.code, body.field]).toEqual([409, "feedback_contradicts", field]);
    expect(body.detail).toMatch(/^desk said at .* that it was bearish \(1.29\)/);
    expect(await outcomeOf("first")).toMatchObject({ realized_direction: "bearish", source: "desk" });
  });

  it("of two that come at once has one first, and the other is refused", async () => {
    const answers = await Promise.all(
      ["bullish", "bearish", "flat"].map((realized_direction) => send({ prediction_id: "first", realized_direction })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it("of a model of a longer horizon is of its own", async () => {
    ports.clock.advance(5 * HOUR);
    expect((await send({ prediction_id: "long", realized_direction: "bearish" })).body.target_end).toBe(toIso(NOON + 5 * HOUR));
    expect(await outcomeOf("long")).toMatchObject({ source: "desk", by_bars: null });
    expect(await outcomeOf("first")).toMatchObject({ source: "bars" });
  });

  it.each([
    ["of no answer", { prediction_id: "nothing", realized_direction: "flat" }, 404, "prediction_id"],
    ["of an unknown pair", { instrument: "XAU_USD", timestamp: toIso(ASKED), realized_direction: "flat" }, 404, "instrument"],
    ["of a time before any answer", { instrument: "USD_SGD", timestamp: toIso(NOON - HOUR), realized_direction: "flat" }, 404, "timestamp"],
    ["of what is not over", { prediction_id: "running", realized_direction: "flat" }, 422, "prediction_id"],
    ["without a subject", { realized_direction: "flat" }, 422, "prediction_id"],
    ["without a time", { instrument: "USD_SGD", realized_direction: "flat" }, 422, "timestamp"],
    ["with two subjects", { prediction_id: "first", instrument: "USD_SGD", realized_direction: "flat" }, 422, "instrument"],
    ["that says nothing", { prediction_id: "first" }, 422, "realized_direction"],
    ["that says it twice", { prediction_id: "first", realized_direction: "flat", realized_price: 1.3 }, 422, "realized_price"],
    ["of a price of nothing", { prediction_id: "first", realized_price: 0 }, 422, "realized_price"],
    ["from nobody", { prediction_id: "first", realized_direction: "flat", source: " " }, 422, "source"],
    ["in the name of the bars", { prediction_id: "first", realized_direction: "flat", source: "Bars" }, 422, "source"],
    ["of a time that is none", { instrument: "USD_SGD", timestamp: "noon", realized_direction: "flat" }, 400, "timestamp"],
  ])("%s is refused", async (_name, body, status, field) => {
    const answer = await send(body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(answer.body.detail).toMatch(new RegExp(`^${field}: `));
    expect(await outcomeOf("first")).toMatchObject({ source: "bars" });
  });

  it("by a price wants the bar that it is compared with", async () => {
    await logAnswers(ports, [servedAnswer(NOON - 5 * HOUR, 0.6, { prediction_id: "barless" })]);
    expect((await send({ prediction_id: "barless", realized_price: 1.3 })).status).toBe(422);
    expect((await send({ prediction_id: "barless", realized_direction: "flat" })).status).toBe(200);
    expect(await outcomeOf("barless")).toMatchObject({ source: "desk", by_bars: null });
  });

  it("wants the token", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    const body = { prediction_id: "first", realized_direction: "flat", source: "desk" };
    expect((await app.call("POST", "/feedback", body)).status).toBe(401);
    expect((await app.call("POST", "/feedback", body, { authorization: "Bearer secret" })).status).toBe(200);
  });
});

function report(change: Record<string, unknown>) {
  const span = { event_time: toIso(NOON), target_end: toIso(NOON + HOUR) };
  return { instrument: "USD_SGD", ...span, source: "desk", reported_at: toIso(NOW), by_bars: "bullish", ...change };
}

function barAt(end: number, close: number) {
  const mid = { o: close, h: close, l: close, c: close };
  return { instrument: "USD_SGD", granularity: "H1" as const, start: end - HOUR, mid, bid: null, ask: null, volume: null };
}
