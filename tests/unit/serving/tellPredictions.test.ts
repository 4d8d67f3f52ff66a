import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventTarget, LOOK_MS, tellPredictions } from "../../../functions/serving/tellPredictions.ts";
import type { PredictResponse } from "../../../shared/contracts/predict.ts";
import { HOUR, SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { readSeen, sumOfRows, writeSeen } from "../../../shared/online/seenFeatures.ts";
import type { OnlineRows } from "../../../shared/ports/onlineStore.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const rowsAt = (event_time: number, created_time = event_time): OnlineRows => ({
  market_features: { event_time, created_time, available_at: event_time, schema_hash: "h", values: [1] },
});

/** What happens before a look, by its number from 0; the client leaves before look `until`. */
async function tellUntil(until: number, events: Readonly<Record<number, () => void>>, state: State, seen = new Map<string, string>()) {
  const said: string[] = [];
  let [look, now] = [0, NOON];
  const target: EventTarget = {
    is_open: () => look < until,
    tell: async ({ event, data, id }) => {
      const { instrument, code, event_time } = JSON.parse(data) as { instrument: string; code?: string; event_time?: string };
      said.push(`${look} ${event} ${instrument} ${code ?? event_time}`);
      state.last_id = id;
    },
    beat: async () => void said.push(`${look} beat`),
  };
  events[0]?.();
  await tellPredictions(target, ["USD_SGD", "EUR_USD"], seen, {
    clock: { now: () => now },
    read: async (instrument) => state.rows[instrument] ?? null,
    answer: async (instrument) => state.answer(instrument),
    translate: toAppError,
    sleep: async (ms) => {
      now += ms;
      events[++look]?.();
    },
  });
  return said;
}

interface State {
  rows: Record<string, OnlineRows>;
  answer(instrument: string): PredictResponse;
  last_id: string;
}

function stateAt(event_time: number): State {
  const rows = { USD_SGD: rowsAt(event_time), EUR_USD: rowsAt(event_time) };
  const answer = (instrument: string) => {
    const { event_time: at } = state.rows[instrument]!["market_features"]!;
    return { instrument, event_time: String((at - NOON) / HOUR) } as unknown as PredictResponse;
  };
  const state: State = { rows, answer, last_id: "" };
  return state;
}

describe("whoever follows predictions", () => {
  it("is told of each instrument at once, and of one again a look after its features changed", async () => {
    const state = stateAt(NOON);
    const said = await tellUntil(8, { 3: () => Object.assign(state.rows, { EUR_USD: rowsAt(NOON + HOUR) }) }, state);
    expect(said).toEqual(["0 prediction USD_SGD 0", "0 prediction EUR_USD 0", "4 prediction EUR_USD 1"]);
  });

  it("is told when a row of the same moment was corrected", async () => {
    const state = stateAt(NOON);
    const said = await tellUntil(5, { 2: () => Object.assign(state.rows, { USD_SGD: rowsAt(NOON, NOON + 1) }) }, state);
    expect(said.slice(2)).toEqual(["3 prediction USD_SGD 0"]);
  });

  it("hears that the stream is alive while there is nothing new", async () => {
    const beats = (await tellUntil(40, {}, stateAt(NOON))).filter((line) => line.endsWith("beat"));
    expect(beats).toEqual([`${(15 * SECOND) / LOOK_MS} beat`, `${(30 * SECOND) / LOOK_MS} beat`]);
  });

  it("that comes back is told only what has changed meanwhile", async () => {
    const state = stateAt(NOON);
    await tellUntil(1, {}, state);
    Object.assign(state.rows, { USD_SGD: rowsAt(NOON + HOUR) });
    const said = await tellUntil(3, {}, state, readSeen(state.last_id));
    expect(said).toEqual(["1 prediction USD_SGD 1"]);
  });

  it("is told once why there is no prediction, and of the first that there is, though no feature changed", async () => {
    const state = stateAt(NOON);
    const { answer } = state;
    state.answer = (instrument) => {
      if (instrument === "EUR_USD") throw new AppError("no_production_model", "None yet.", { status: 503 });
      return answer(instrument);
    };
    const said = await tellUntil(40, { 20: () => Object.assign(state, { answer }) }, state);
    expect(said.filter((line) => !line.endsWith("beat"))).toEqual([
      "0 prediction USD_SGD 0",
      "0 unavailable EUR_USD no_production_model",
      "30 prediction EUR_USD 0",
    ]);
  });

  it("is not told of a store that does not answer for a while", async () => {
    const state = stateAt(NOON);
    const { rows } = state;
    const away = Object.defineProperty({}, "USD_SGD", {
      get: () => {
        throw new Error("away");
      },
    }) as Record<string, OnlineRows>;
    const said = await tellUntil(8, { 2: () => Object.assign(state, { rows: away }), 4: () => Object.assign(state, { rows }) }, state);
    expect(said.filter((line) => line.includes("USD_SGD"))).toEqual(["0 prediction USD_SGD 0"]);
  });
});

describe("the id of an event", () => {
  it("is read as it was written, whatever the rows", () => {
    const rows = fc.dictionary(fc.string(), fc.record({ event_time: fc.nat(), created_time: fc.nat() }));
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const seen = new Map([
          ["USD_SGD", sumOfRows(one as unknown as OnlineRows)],
          ["EUR_USD", sumOfRows(other as unknown as OnlineRows)],
        ]);
        expect(readSeen(writeSeen(seen))).toEqual(seen);
      }),
    );
  });

  it("tells moments and creations of rows apart", () => {
    const sums = [rowsAt(NOON), rowsAt(NOON + 1), rowsAt(NOON, NOON + 1), {}].map(sumOfRows);
    expect(new Set(sums).size).toBe(4);
    // FNV-1a of nothing is its offset basis.
    expect(sums[3]).toBe("811c9dc5");
  });

  it.each(["USD_SGD", "USD_SGD=1", "USD_SGD=1a2b3c4d;", "usd_sgd=1a2b3c4d", Array(51).fill("USD_SGD=1a2b3c4d").join(",")])(
    "that no event had is refused: %s",
    (id) => expect(() => readSeen(id)).toThrow("Last-Event-ID"),
  );
});
