import { beforeAll, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import type { z } from "zod";
import { createFxClient, type FxClient, FxClientError, readStream, type Send } from "../../../client/index.ts";
import type { AllRoutes } from "../../../shared/contracts/allRoutes.ts";
import type { PredictResponse } from "../../../shared/contracts/predict.ts";
import type { listPredictions, predictionSummarySchema } from "../../../shared/contracts/predictions.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { ready } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);

let ports: TestPorts;
let app: TestApp;
let fx: FxClient;
const sent: Request[] = [];
const over =
  (to: TestApp): Send =>
  (url, init) => {
    const request = new Request(url, { ...init, duplex: "half" } as RequestInit);
    sent.push(request);
    return to.fetch(request);
  };
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 20 * MINUTE });
  let looks = 0;
  app = createTestApp(ports, { admin_token: "secret", sleep: async () => void looks++, is_leaving: () => looks > 0 });
  await ready(ports, NOON);
  sent.length = 0;
  fx = createFxClient({ base_url: "http://127.0.0.1:8787/", key: "secret", fetch: over(app) });
});

describe("a call of the typed client", () => {
  it("has the answer of its contract, and its key goes with it", async () => {
    const told = await fx.predict({ body: { instrument: "USD_SGD" }, query: { explain: "true" } });
    if (!told.ok) throw new Error(JSON.stringify(told.error));
    expect([told.status, told.data.instrument, told.data.explanation?.contributions?.length]).toEqual([200, "USD_SGD", expect.any(Number)]);
    expect([sent[0]!.url, sent[0]!.headers.get("authorization")]).toEqual(["http://127.0.0.1:8787/predict?explain=true", "Bearer secret"]);
    expectTypeOf(told.data).toEqualTypeOf<PredictResponse>();
  });

  it("is told what is refused, with the error of its family", async () => {
    const unknown = await fx.predict({ body: { instrument: "AAA_BBB" } });
    expect(unknown).toMatchObject({ ok: false, status: 404 });
    if (unknown.ok) return;
    expect([unknown.error.code, unknown.error.field, unknown.error.instance]).toEqual(["unknown_instrument", "instrument", "/predict"]);
    expect(unknown.error.request_id).toBe(unknown.response.headers.get("x-request-id"));
    const foreign = await fx.getRun({ query: { run_id: "none" } });
    if (foreign.ok) throw new Error("there is no such run");
    expectTypeOf(foreign.error).toEqualTypeOf<{ error_code: string; message: string }>();
    expect([foreign.status, foreign.error.error_code]).toEqual([404, "RESOURCE_DOES_NOT_EXIST"]);
    const keyless = await createFxClient({ base_url: "http://127.0.0.1:8787", fetch: over(app) }).store();
    expect(keyless).toMatchObject({ ok: false, status: 401 });
  });

  it("gives a file, or a stream, as it comes", async () => {
    const page = await fx.docsFile({ params: { file: "docs.css" } });
    expect([page.ok, page.ok && (await page.data.text())]).toEqual([true, expect.stringContaining("font-family")]);
    const told = await fx.stream({ query: { instrument: ["USD_SGD"] } });
    if (!told.ok) throw new Error(String(told.status));
    const events = [];
    for await (const event of readStream(told.data)) events.push(event);
    expect(events).toEqual([expect.objectContaining({ event: "prediction", data: expect.objectContaining({ instrument: "USD_SGD" }) })]);
  });

  it("throws what is no answer of this API", async () => {
    const from = (response: Response) => createFxClient({ base_url: "http://x", fetch: async () => response });
    await expect(from(new Response("<html>", { status: 502 })).health()).rejects.toThrow(FxClientError);
    await expect(from(Response.json({ status: "fine" })).livez()).rejects.toThrow(/cannot be understood \(status: /);
  });
});

describe("a server that does not take a request", () => {
  const replies = (statuses: readonly (readonly [number, string?])[]) => {
    let calls = 0;
    const send: Send = async () => {
      const [status, retry_after] = statuses[Math.min(calls++, statuses.length - 1)]!;
      const body = status === 200 ? { status: "ok" } : { type: "urn:x", title: "Too many", status, detail: "Wait.", code: "rate_limited" };
      return Response.json(body, { status, headers: retry_after === undefined ? {} : { "retry-after": retry_after } });
    };
    return { send, calls: () => calls };
  };
  it.each([
    ["is asked again when it says when", [[503, "0"], [429, "0"], [200]], 3, 200],
    ["is asked no more than so often", [[503, "0"]], 3, 503],
    ["is not asked again when it does not say", [[503], [200]], 1, 503],
    ["is not waited for longer than that", [[429, "31"], [200]], 1, 429],
    ["may say it as a date", [[429, "Thu, 01 Jan 1970 00:00:00 GMT"], [200]], 2, 200],
    ["is not asked again for what it refuses", [[404, "0"], [200]], 1, 404],
  ] as const)("%s", async (_name, statuses, asked, status) => {
    const { send, calls } = replies(statuses);
    const told = await createFxClient({ base_url: "http://x", fetch: send })
      .version()
      .catch((error: FxClientError) => error);
    expect([calls(), told.status]).toEqual([asked, status]);
  });
});

describe("what is asked again after 503 with Retry-After", () => {
  const away = () =>
    Response.json(
      { type: "urn:x", title: "Away", status: 503, detail: "Wait.", code: "x" },
      { status: 503, headers: { "retry-after": "0" } },
    );
  it.each([
    ["a reading", (fx: FxClient) => fx.version(), 3],
    [
      "a report, which counts once however often it comes",
      (fx: FxClient) => fx.sendFeedback({ body: { prediction_id: "1", source: "x" } }),
      3,
    ],
    ["nothing that may have been done", (fx: FxClient) => fx.predict({ body: { instrument: "USD_SGD" } }), 1],
  ] as const)("is %s", async (_name, ask, asked) => {
    const send = vi.fn<Send>(async () => away());
    expect(await ask(createFxClient({ base_url: "http://x", fetch: send }))).toMatchObject({ ok: false, status: 503 });
    expect(send).toHaveBeenCalledTimes(asked);
  });
});

describe("a call that has no answer", () => {
  it("throws why, with no status", async () => {
    const cause = new TypeError("fetch failed");
    const fx = createFxClient({ base_url: "http://x", fetch: async () => Promise.reject(cause) });
    await expect(fx.version()).rejects.toMatchObject({ name: "FxClientError", status: null, cause });
  });

  it("ends with its signal, in a wait to ask again too", async () => {
    const ends = new AbortController();
    const busy = new Response("{}", { status: 429, headers: { "retry-after": "30" } });
    const fx = createFxClient({ base_url: "http://x", signal: ends.signal, fetch: async () => busy });
    const told = fx.version();
    setTimeout(() => ends.abort(new Error("enough")), 20);
    await expect(told).rejects.toThrow("enough");
  });
});

describe("the types of the client", () => {
  it("are those of the contracts", () => {
    type Page = z.output<(typeof listPredictions.answers)[200]>;
    expectTypeOf<Page["predictions"][number]>().toEqualTypeOf<z.infer<typeof predictionSummarySchema>>();
    expectTypeOf<z.input<AllRoutes["predict"]["body"]["schema"]>["instrument"]>().toEqualTypeOf<string>();
    // @ts-expect-error a pair is wanted
    void (() => fx.predict({ body: {} }));
    // @ts-expect-error there is no such field
    void (() => fx.predict({ body: { instrument: "USD_SGD", pair: "" } }));
    // @ts-expect-error nothing is asked without a pair
    void (() => fx.listPredictions());
    // @ts-expect-error a report has a source
    void (() => fx.sendFeedback({ body: { prediction_id: "1", realized_price: 1 } }));
    void (() => fx.health());
  });
});
