import { type CandleCollection, DEFAULT_CANDLE_SPAN_MS, listCandles, MAX_CANDLE_SPAN_MS } from "../../shared/contracts/candles.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { CANDLE_STEP_MS } from "../../shared/domain/candleStep.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { DAY, type Instant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { mergeCandles } from "../../shared/domain/mergeCandles.ts";
import { AppError } from "../../shared/errors.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";
import { viewOfCandle } from "./viewOfCandle.ts";

const COLUMNS = ["mid_o", "mid_h", "mid_l", "mid_c", "bid_c", "ask_c", "volume"] as const;

/** The market as it is stored, for a chart or a notebook. */
export function candleRoutes({ bars, clock }: Pick<Ports, "bars" | "clock">, known: KnownInstruments): MountedRoute {
  return handle(listCandles, async ({ query: { instrument, from, to, max_points } }): Promise<CandleCollection> => {
    await known.require(instrument);
    // No bar that is not over by the installation's clock: one that has gone back does not know it yet.
    const known_before = clock.now() - BASE_GRANULARITY_MS + 1;
    const end = to ?? (await endOfNewest());
    const window = { start: from ?? end - DEFAULT_CANDLE_SPAN_MS, end };
    requireSpan(window);
    const [stored] = await bars.readColumns(
      [{ instrument, granularity: BASE_GRANULARITY, window: { start: window.start, end: Math.min(end, known_before) } }],
      COLUMNS,
    );
    const { step, candles } = mergeCandles(stored!, max_points);
    return {
      instrument,
      ...{ from: toIso(window.start), to: toIso(window.end) },
      stored_granularity: BASE_GRANULARITY,
      bars: stored!.start.length,
      ...{ granularity: step, step_ms: CANDLE_STEP_MS[step] },
      candles: candles.map((candle) => viewOfCandle(step, candle)),
    };

    async function endOfNewest(): Promise<Instant> {
      const [start = null] = await bars.lastStarts(instrument, BASE_GRANULARITY, [known_before]);
      return start === null ? clock.now() : start + BASE_GRANULARITY_MS;
    }
  });
}

function requireSpan({ start, end }: TimeWindow): void {
  const invalid = (message: string) => new AppError("invalid_request", `from: ${message}`, { status: 422, details: { field: "from" } });
  if (start >= end) throw invalid("it must lie before to");
  if (end - start > MAX_CANDLE_SPAN_MS) throw invalid(`at most ${MAX_CANDLE_SPAN_MS / DAY} days may lie between from and to`);
}
