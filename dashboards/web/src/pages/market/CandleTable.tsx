import { useState } from "preact/hooks";
import type { CandleView } from "../../../../../shared/contracts/candles.ts";
import { countOf, numberOf } from "../../format/number.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { PairNews } from "./newsOfPair.ts";
import { directionAt, type PredictionsAtCandle } from "./predictionsAtCandles.ts";
import type { TradesAtCandle } from "./tradesAtCandles.ts";

/** The candles in view, the newest first, for who sees no canvas. Made when it is opened. */
export function CandleTable({
  candles,
  precision,
  predicted,
  told,
  traded,
}: {
  readonly candles: readonly CandleView[];
  readonly precision: number;
  readonly predicted: ReadonlyMap<number, PredictionsAtCandle>;
  readonly told: ReadonlyMap<number, readonly PairNews[]>;
  readonly traded: readonly TradesAtCandle[];
}) {
  const [is_open, setOpen] = useState(false);
  const price = (value: number | null) => numberOf(value, { digits: precision });
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table ({countOf(candles.length)} candles)</summary>
      {is_open && (
        <div class="market-table">
          <Table
            caption="Candles in view, the newest first"
            rows={candles.map((candle, index) => ({ candle, index })).reverse()}
            keyOf={({ candle }) => candle.start}
            columns={[
              { name: "start", show: ({ candle }) => <Time at={candle.start} />, is_head: true },
              ...(["open", "high", "low", "close"] as const).map((name) => ({
                ...{ name, is_number: true, show: ({ candle }: { candle: CandleView }) => price(candle[name]) },
              })),
              { name: "spread, bp", is_number: true, show: ({ candle }) => numberOf(candle.spread_bp) },
              { name: "ticks", is_number: true, show: ({ candle }) => countOf(candle.volume) },
              { name: "session", show: ({ candle }) => candle.session?.replaceAll("_", " ") ?? "–" },
              { name: "predicted", show: ({ index }) => predictedText(predicted.get(index)) },
              { name: "outcome", show: ({ index }) => outcomeText(predicted.get(index)) },
              { name: "paper trades, net bp", is_number: true, show: ({ index }) => tradesText(traded.find((one) => one.index === index)) },
              { name: "news", is_number: true, show: ({ index }) => told.get(index)?.length ?? 0 },
            ]}
          />
        </div>
      )}
    </details>
  );
}

function predictedText(at: PredictionsAtCandle | undefined): string {
  if (at === undefined) return "–";
  return at.predictions.length === 1
    ? `${at.surest.direction} (${numberOf(at.surest.prediction, { digits: 3 })})`
    : `${directionAt(at)} (${at.bullish} up, ${at.bearish} down)`;
}

function outcomeText(at: PredictionsAtCandle | undefined): string {
  if (at === undefined) return "–";
  const said = [
    [at.right, "right"],
    [at.wrong, "wrong"],
    [at.flat, "flat"],
    [at.open, "open"],
  ] as const;
  return said
    .filter(([count]) => count > 0)
    .map(([count, word]) => (at.predictions.length === 1 ? word : `${count} ${word}`))
    .join(", ");
}

function tradesText(at: TradesAtCandle | undefined): string {
  if (at === undefined) return "–";
  const sides = [at.longs > 0 ? `${at.longs} long` : "", at.shorts > 0 ? `${at.shorts} short` : ""].filter(Boolean).join(", ");
  return `${sides}: ${numberOf(at.net_bp, { digits: 1, is_signed: true })}`;
}
