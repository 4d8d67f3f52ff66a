import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_PREDICT_BATCH, MAX_PREDICT_BATCH_BODY_BYTES } from "../../../shared/contracts/predictBatch.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { ready } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
  await ready(ports, NOON);
});

const batch = (requests: readonly unknown[], query = "") => app.call("POST", `/predict/batch${query}`, { requests });
/** The text of an answer, but for its own name. */
const textOf = (answer: { prediction_id: string }) => JSON.stringify({ ...answer, prediction_id: "" });

describe("a batch", () => {
  it.each(["", "?explain=true"])("answers each as it is answered by itself, to the byte, in order and in the log%s", async (query) => {
    const asked = [
      { instrument: "USD_SGD" },
      ...Array.from({ length: 12 }, (_, hours) => ({ instrument: "USD_SGD", timestamp: toIso(NOON - hours * HOUR + MINUTE) })),
    ];
    // An answer about the past says until when the record goes that it stands on: made final by the first to ask.
    for (const request of asked) await app.call("POST", "/predict", request);
    const singles = [];
    for (const request of asked) singles.push((await app.call("POST", `/predict${query}`, request)).body);
    const before = app.recorded.length;
    const { status, body } = await batch(asked, query);
    expect([status, body.answers.map((item: { status: number }) => item.status)]).toEqual([200, asked.map(() => 200)]);
    expect(body.answers.map(({ answer }: { answer: { prediction_id: string } }) => textOf(answer))).toEqual(singles.map(textOf));
    const ids = body.answers.map(({ answer }: { answer: { prediction_id: string } }) => answer.prediction_id);
    expect(new Set(ids).size).toBe(asked.length);
    expect(
      app.recorded
        .slice(before)
        .map(({ prediction_id }) => prediction_id)
        .sort(),
    ).toEqual(ids.sort());
  });

  it("tells of each what was wrong with it, as by itself, and goes on", async () => {
    const asked = [
      { instrument: "XAU_USD" },
      { instrument: "USD_SGD" },
      null,
      { instrument: "USD_SGD", horizon: 5 },
      { instrument: "USD_SGD", timestamp: "yesterday" },
      { instrument: "EUR_USD" },
      { instrument: "USD_SGD" },
    ];
    const { status, body } = await batch(asked);
    expect([status, body.answers.map((item: { status: number }) => item.status)]).toEqual([200, [404, 200, 422, 422, 400, 503, 200]]);
    for (const at of [0, 2, 3, 4, 5]) {
      const single = await app.call("POST", "/predict", asked[at] === null ? "null" : asked[at]);
      // The request is another one: its path and its id are.
      const { instance: _path, request_id: _id, ...error } = single.body;
      expect(body.answers[at]).toMatchObject({ status: single.status, error });
    }
    expect(app.recorded).toHaveLength(2);
  });

  it("of a hundred is answered, and of one more is refused whole, with the limit named", async () => {
    const { body } = await batch(Array.from({ length: MAX_PREDICT_BATCH }, () => ({ instrument: "USD_SGD" })));
    expect(body.answers).toHaveLength(MAX_PREDICT_BATCH);
    const more = await batch(Array.from({ length: MAX_PREDICT_BATCH + 1 }, () => ({ instrument: "USD_SGD" })));
    expect([more.status, more.body.field]).toEqual([422, "requests"]);
    expect(more.body.detail).toContain("at most 100 requests");
    expect(app.recorded).toHaveLength(MAX_PREDICT_BATCH);
  });

  it("says of an answer whose record was not taken that there is none, where the installation promises so", async () => {
    const full = new AppError("store_unavailable", "The disk is full.", { status: 503, retryable: true });
    let taken = 0;
    const record = () => (++taken === 2 ? Promise.reject(full) : Promise.resolve());
    app = createTestApp(ports, { answers_when_recorded: true, record });
    const { body } = await batch([{ instrument: "USD_SGD" }, { instrument: "USD_SGD" }, { instrument: "USD_SGD" }]);
    expect(body.answers.map((item: { status: number }) => item.status)).toEqual([200, 503, 200]);
    expect(body.answers[1].error).toMatchObject({ code: "store_unavailable", detail: "The disk is full." });
  });

  it.each([
    ["no list", {}, 422, "requests"],
    ["an empty list", { requests: [] }, 422, "requests"],
    ["something else beside it", { requests: [{ instrument: "USD_SGD" }], explain: true }, 422, "explain"],
    ["half a body", '{"requests": [', 400, "body"],
    ["too many bytes", `{"requests": [${" ".repeat(MAX_PREDICT_BATCH_BODY_BYTES)}]}`, 413, "body"],
  ])("with %s is refused", async (_name, body, status, field) => {
    const answer = await app.call("POST", "/predict/batch", body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(app.recorded).toEqual([]);
  });

  it("with a wish for explanations that is none is refused", async () => {
    const { status, body } = await batch([{ instrument: "USD_SGD" }], "?explain=1");
    expect([status, body.field]).toEqual([422, "explain"]);
  });
});
