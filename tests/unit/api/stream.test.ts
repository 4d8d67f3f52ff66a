import { beforeEach, describe, expect, it, vi } from "vitest";
import { predictResponseSchema } from "../../../shared/contracts/predict.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestAppOptions } from "../../support/api/testApp.ts";
import { addModel, addRows, alternatingRows, materialize } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
  const rows = alternatingRows(NOON, 60);
  await addRows(ports, rows);
  await materialize(ports, rows.at(-1)!);
});

/** Follows for so many looks; `before` happens before each. */
async function follow(
  path: string,
  looks: number,
  before: (look: number) => Promise<void> = async () => {},
  headers: Record<string, string> = {},
) {
  let look = 0;
  const options: TestAppOptions = {
    sleep: async (ms) => {
      ports.clock.advance(ms);
      await before(++look);
    },
    is_leaving: () => look >= looks,
  };
  const app = createTestApp(ports, options);
  const { status, headers: said, body } = await app.call("GET", path, undefined, headers);
  const events =
    typeof body === "string"
      ? body
          .split("\n\n")
          .filter((text) => text !== "")
          .map(fieldsOf)
      : [];
  return { status, said, body, events, recorded: app.recorded };
}

function fieldsOf(event: string): Record<string, string> {
  return Object.fromEntries(event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
}

describe("GET /stream", () => {
  it("begins with a prediction as POST /predict gives it, and logs it", async () => {
    const { status, said, events, recorded } = await follow("/stream?instrument=USD_SGD", 2);
    expect([status, said.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect(events[0]).toEqual({ retry: "3000" });
    const [, first, ...further] = events;
    expect([first?.["event"], further]).toEqual(["prediction", []]);
    const answer = predictResponseSchema.parse(JSON.parse(first!["data"]!));
    expect(recorded.map(({ prediction_id }) => prediction_id)).toEqual([answer.prediction_id]);
  });

  it("goes on with the next bar's, when that is materialized", async () => {
    const nextBar = async (look: number) => {
      if (look !== 3) return;
      ports.clock.set(NOON + HOUR + MINUTE);
      const rows = alternatingRows(NOON + HOUR, 1);
      await addRows(ports, rows);
      await materialize(ports, rows.at(-1)!);
    };
    const { events } = await follow("/stream?instrument=USD_SGD", 8, nextBar);
    const predictions = events.filter(({ event }) => event !== undefined);
    const told = predictions.map(({ event, data }) => [event, (JSON.parse(data!) as { event_time?: string }).event_time]);
    expect(told).toEqual([
      ["prediction", "2025-06-25T12:00:00Z"],
      ["prediction", "2025-06-25T13:00:00Z"],
    ]);
  });

  it("says of what cannot be predicted why, and tells all instruments when none is named", async () => {
    const { events } = await follow("/stream", 1);
    const told = events.slice(1).map(({ event, data }) => [event, JSON.parse(data!) as { instrument: string; code?: string }] as const);
    expect(told.map(([event, { instrument, code }]) => [event, instrument, code])).toEqual([
      ["prediction", "USD_SGD", undefined],
      ["unavailable", "EUR_USD", "no_production_model"],
    ]);
  });

  it("hands nobody the words of a fault of our own", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    ports.lake.get = () => Promise.reject(new Error("a secret of the store"));
    const { events } = await follow("/stream?instrument=USD_SGD", 1);
    expect([events[1]!["event"], JSON.parse(events[1]!["data"]!).code]).toEqual(["unavailable", "internal"]);
    expect(events[1]!["data"]).not.toContain("secret");
  });

  it("resumes after the last event that the client had", async () => {
    const { events } = await follow("/stream?instrument=USD_SGD", 1);
    const again = await follow("/stream?instrument=USD_SGD", 3, undefined, { "last-event-id": events[1]!["id"]! });
    expect(again.events).toEqual([{ retry: "3000" }]);
  });

  it.each([
    ["/stream?instrument=AUD_CAD", {}, 404, "instrument"],
    ["/stream", { "last-event-id": "7" }, 422, "Last-Event-ID"],
    [`/stream?${Array(51).fill("instrument=USD_SGD").join("&")}`, {}, 422, "instrument"],
  ])("refuses %s %o with %i", async (path, headers, status, field) => {
    const answer = await follow(path, 1, undefined, headers);
    expect([answer.status, (answer.body as { field: string }).field]).toEqual([status, field]);
  });

  it("refuses more than a machine can follow, until those that went are forgotten", async () => {
    let waiting = 0;
    const app = createTestApp(ports, { sleep: () => new Promise(() => void waiting++) });
    for (let stream = 0; stream < 500; stream++) void app.call("GET", "/stream?instrument=USD_SGD");
    await expect.poll(() => waiting, { timeout: 60 * SECOND }).toBe(500);
    const { status, headers } = await app.call("GET", "/stream?instrument=USD_SGD");
    expect([status, headers.get("retry-after")]).toEqual([503, "30"]);
    ports.clock.advance(11 * SECOND);
    void app.call("GET", "/stream?instrument=USD_SGD");
    await expect.poll(() => waiting, { timeout: 60 * SECOND }).toBe(501);
  });
});
