import type { Session } from "../../../../../shared/domain/session.ts";
import type { Band, CandleBar, CandleMark } from "../../charts/candleContent.ts";
import { spansOf } from "../../charts/spansOf.ts";
import type { PairNews } from "./newsOfPair.ts";
import { balanceAt, directionAt, type PredictionsAtCandle, thinned } from "./predictionsAtCandles.ts";
import type { TradesAtCandle } from "./tradesAtCandles.ts";

/** Where each session is shaded, and with what letters. Quiet hours are not. */
export const SESSION_SIGNS: Readonly<
  Record<Exclude<Session, "quiet">, { readonly colour: string; readonly letters: string; readonly text: string }>
> = {
  asia: { colour: "session-asia", letters: "Asia", text: "Asia" },
  london: { colour: "session-london", letters: "Lon", text: "London" },
  london_new_york: { colour: "session-both", letters: "L+N", text: "London and New York" },
  new_york: { colour: "session-new-york", letters: "NY", text: "New York" },
};

/** Width of an arrow, and of one with a letter beside it, px. */
const ARROW_PX = 7;
const LETTER_PX = 14;

/**
 * Arrows of predictions, squares of paper trades, and dots of news at the foot, where a candle is `candle_px` wide: where arrows would lie on each other, the surest of
 * neighbours. Ascending, as the library wants them.
 */
export function candleMarks(
  predicted: readonly PredictionsAtCandle[],
  told: ReadonlyMap<number, readonly PairNews[]>,
  traded: readonly TradesAtCandle[],
  candle_px: number,
): CandleMark[] {
  const room = Math.ceil(ARROW_PX / candle_px);
  const has_text = candle_px >= LETTER_PX;
  const arrows = thinned(predicted, room).map((one): CandleMark => {
    const is_up = directionAt(one) === "bullish";
    const sign = signOf(one);
    return {
      ...{ index: one.index, at: is_up ? "below" : "above", shape: is_up ? "arrow_up" : "arrow_down" },
      colour: one.right + one.wrong === 0 ? "quiet" : one.right >= one.wrong ? "good" : "bad",
      ...(has_text && sign !== null ? { text: sign } : {}),
    };
  });
  const dots = [...told].map(
    ([index, news]): CandleMark => ({
      ...{ index, at: "foot", shape: "circle", colour: "series-4" },
      ...(has_text && news.length > 1 ? { text: String(news.length) } : {}),
    }),
  );
  const squares = traded.map(
    ({ index, longs, shorts, net_bp }): CandleMark => ({
      ...{ index, at: "inside", shape: "square", colour: net_bp === null ? "quiet" : net_bp < 0 ? "bad" : "good" },
      ...(has_text ? { text: [longs > 0 ? "L" : "", shorts > 0 ? "S" : "", net_bp === null ? "" : net_bp < 0 ? "−" : "+"].join("") } : {}),
    }),
  );
  return [...arrows, ...dots, ...squares].sort((a, b) => a.index - b.index);
}

/** Right or wrong as a sign, where a candle has one prediction. */
function signOf({ right, wrong, predictions }: PredictionsAtCandle): string | null {
  if (predictions.length !== 1) return null;
  return right === 1 ? "✓" : wrong === 1 ? "✕" : null;
}

/** Above the line what was right, below it what was wrong. */
export function outcomeBars(predicted: readonly PredictionsAtCandle[]): CandleBar[] {
  return predicted.flatMap((one) => {
    const value = balanceAt(one);
    return value === null ? [] : [{ index: one.index, value }];
  });
}

/** Of hourly candles: longer ones have no session. */
export function sessionBands(sessions: readonly (Session | null)[]): Band[] {
  const shaded = sessions.map((session) => (session === "quiet" ? null : session));
  return spansOf(shaded).map(({ first, last, name }) => ({
    first,
    last,
    colour: SESSION_SIGNS[name].colour,
    letters: SESSION_SIGNS[name].letters,
  }));
}
