import type { CandleView } from "../../shared/contracts/candles.ts";
import type { CandleStep } from "../../shared/domain/candleStep.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { Candle } from "../../shared/domain/mergeCandles.ts";
import { sessionAt } from "../../shared/domain/session.ts";

export function viewOfCandle(step: CandleStep, candle: Candle): CandleView {
  return {
    ...candle,
    start: toIso(candle.start),
    end: toIso(candle.end),
    session: step === "H1" ? sessionAt(candle.start) : null,
  };
}
