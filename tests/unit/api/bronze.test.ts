import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const KEY = "bronze/candles/oanda/USD_SGD/2025-06-25/0a.ndjson";
const LINES = ['{"time":"1"}\n', '{"text":"<b>é</b>"}\n', '{"time":"3"}\n'];

let app: TestApp;
beforeAll(async () => {
  const ports = await createTestPorts({ now: Date.UTC(2025, 5, 25) });
  await ports.lake.putOnce(KEY, LINES.join(""), "application/x-ndjson");
  await ports.lake.putOnce("models/secret.json", "{}", "application/json");
  app = createTestApp(ports);
});
const get = (key: string, more = "") => app.call("GET", `/api/bronze?key=${encodeURIComponent(key)}${more}`);

describe("GET /api/bronze", () => {
  it("is the object as it was stored, to the byte", async () => {
    const { status, headers, body } = await get(KEY);
    expect([status, body]).toEqual([200, LINES.join("")]);
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    expect(headers.get("content-disposition")).toBe('attachment; filename="0a.ndjson"');
  });

  it("is read in parts by lines", async () => {
    expect((await get(KEY, "&limit=2")).body).toBe(LINES.slice(0, 2).join(""));
    expect((await get(KEY, "&limit=2&offset=1")).body).toBe(LINES.slice(1).join(""));
    expect((await get(KEY, "&offset=3")).body).toBe("");
  });

  it("gives nothing else of the lake", async () => {
    for (const key of [
      "models/secret.json",
      "bronze/candles/../../models/secret.json",
      "bronze/x.ndjson",
      "bronze/news/../../a.ndjson",
      "",
      "datasets/a.ndjson",
    ])
      expect([key, (await get(key)).status]).toEqual([key, 422]);
    expect((await get(KEY, "&limit=5001")).status).toBe(422);
    const unknown = await get("bronze/news/wire/2025-06-25/none.ndjson");
    expect(unknown.body).toMatchObject({ status: 404, code: "not_found", field: "key" });
  });
});
