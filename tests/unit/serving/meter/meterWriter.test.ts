import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMeter } from "../../../../functions/serving/meter/meter.ts";
import { createMeterWriter } from "../../../../functions/serving/meter/meterWriter.ts";
import type { CounterAddition } from "../../../../shared/ports/metricStore.ts";

const ROUTE = { path: "/predict", method: "POST", family: { name: "predict" } } as const;

/** A store as the port wants it: an addition counts once, however often it comes. `broken`: what becomes of each call. */
function lossyStore(broken: Iterator<"kept" | "lost" | "unanswered">) {
  const totals = new Map<string, number>();
  const sequences = new Map<string, number>();
  const add = async ({ writer, sequence, deltas }: CounterAddition) => {
    const fate = broken.next().value ?? "kept";
    if (fate === "lost") throw new Error("away");
    if ((sequences.get(writer) ?? 0) < sequence) {
      sequences.set(writer, sequence);
      for (const { name, labels, value } of deltas) totals.set(`${name}${labels}`, (totals.get(`${name}${labels}`) ?? 0) + value);
    }
    if (fate === "unanswered") throw new Error("no answer");
  };
  return { add, totals };
}

const requestsIn = (totals: ReadonlyMap<string, number>) =>
  [...totals].filter(([key]) => key.startsWith("http_requests{")).reduce((sum, [, value]) => sum + value, 0);

describe("createMeterWriter", () => {
  it("counts each answer once, whatever becomes of its additions and their answers, with any number of isolates", async () => {
    const fates = fc.array(fc.constantFrom("kept" as const, "lost" as const, "unanswered" as const), { maxLength: 40 });
    const steps = fc.array(fc.record({ isolate: fc.nat(2), answers: fc.nat(20), flushes: fc.nat(2) }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fates, steps, async (broken, work) => {
        const store = lossyStore(broken.values());
        const isolates = [0, 1, 2].map((id) => {
          const meter = createMeter();
          const slot = meter.slotOf(ROUTE);
          const writer = createMeterWriter({ meter, store, clock: { now: () => 0 }, writer: `w${id}`, sleep: async () => {} });
          return { meter, slot, writer };
        });
        let answered = 0;
        for (const { isolate, answers, flushes } of work) {
          const { meter, slot, writer } = isolates[isolate]!;
          for (let i = 0; i < answers; i++) meter.countAnswer(slot, i % 7 === 0 ? 503 : 200, 0.001);
          answered += answers;
          // At once: two requests of one isolate may write at the same time.
          await Promise.allSettled(Array.from({ length: flushes }, () => writer.flush()));
        }
        for (let more = 0; more < 100; more++) await Promise.allSettled(isolates.map(({ writer }) => writer.flush()));
        expect(requestsIn(store.totals)).toBe(answered);
      }),
      { numRuns: 60, seed: 13 },
    );
  });

  it("lets one request of a while write, and another when that one was ended before it could", async () => {
    let now = 0;
    const wakes: (() => void)[] = [];
    const store = lossyStore([].values());
    const meter = createMeter();
    const sleep = () => new Promise<void>((wake) => void wakes.push(wake));
    const writer = createMeterWriter({ meter, store, clock: { now: () => now }, writer: "w", sleep });
    const works: Promise<unknown>[] = [];
    const request = () => {
      meter.countAnswer(undefined, 404, 0.001);
      writer.afterRequest((work) => void works.push(work));
    };
    request();
    request();
    expect(works).toHaveLength(1);
    wakes[0]!();
    await works[0];
    expect(requestsIn(store.totals)).toBe(2);
    request();
    expect(works).toHaveLength(2);
    now = 60_000;
    request();
    expect(works).toHaveLength(3);
    wakes[2]!();
    await works[2];
    expect(requestsIn(store.totals)).toBe(4);
    now = -3_600_000;
    request();
    expect(works).toHaveLength(4);
  });
});

describe("createMeter", () => {
  it("counts by route, method and class of the status, and times by family", () => {
    const meter = createMeter();
    const predict = meter.slotOf(ROUTE);
    const batch = meter.slotOf({ ...ROUTE, path: "/predict/batch" });
    meter.countAnswer(predict, 200, 0.0005);
    meter.countAnswer(predict, 204, 0.000_6);
    meter.countAnswer(batch, 503, 7);
    meter.countAnswer(undefined, 404, 0.001);
    meter.timeOnlineRead(0.002);
    expect(meter.take().map(({ name, labels, value }) => [name, JSON.parse(labels), value])).toEqual([
      ["http_requests", { route: "none", method: "any", status: "4xx" }, 1],
      ["http_requests", { route: "/predict", method: "POST", status: "2xx" }, 2],
      ["http_requests", { route: "/predict/batch", method: "POST", status: "5xx" }, 1],
      ["http_request_seconds_bucket", { family: "none", bound: "0.001" }, 1],
      ["http_request_seconds_sum", { family: "none" }, 0.001],
      ["http_request_seconds_bucket", { family: "predict", bound: "0.0005" }, 1],
      ["http_request_seconds_bucket", { family: "predict", bound: "0.001" }, 1],
      ["http_request_seconds_bucket", { family: "predict", bound: "+Inf" }, 1],
      ["http_request_seconds_sum", { family: "predict" }, 0.0005 + 0.000_6 + 7],
      ["online_read_seconds_bucket", { bound: "0.0025" }, 1],
      ["online_read_seconds_sum", {}, 0.002],
    ]);
    expect(meter.take()).toEqual([]);
  });
});
