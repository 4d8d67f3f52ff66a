import { useState } from "preact/hooks";
import type { CandleView } from "../../../../../shared/contracts/candles.ts";
import { amountOf } from "../../format/amountOf.ts";
import { countOf, numberOf } from "../../format/number.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { type LayersKnown, whyUnknown } from "./layerKnown.ts";
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
  known,
}: {
  readonly candles: readonly CandleView[];
  readonly precision: number;
  readonly predicted: ReadonlyMap<number, PredictionsAtCandle>;
  readonly told: ReadonlyMap<number, readonly PairNews[]>;
  readonly traded: readonly TradesAtCandle[];
  readonly known: LayersKnown;
}) {
  const [is_open, setOpen] = useState(false);
  /** What a cell has: what is there, that there is nothing, or that it is not known whether there is. */
  const cell = (of: keyof LayersKnown, { start }: CandleView, found: string | undefined, none: string) =>
    found ?? (whyUnknown(known[of], Date.parse(start)) === null ? none : "not known");
  const price = (value: number | null) => numberOf(value, { digits: precision });
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table ({amountOf(candles.length, "candle")})</summary>
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
              { name: "predicted", show: ({ candle, index }) => cell("predictions", candle, predictedText(predicted.get(index)), "–") },
              { name: "outcome", show: ({ candle, index }) => cell("predictions", candle, outcomeText(predicted.get(index)), "–") },
              {
                name: "paper trades, net bp",
                is_number: true,
                show: ({ candle, index }) => cell("trades", candle, tradesText(traded.find((one) => one.index === index)), "–"),
              },
              { name: "news", is_number: true, show: ({ candle, index }) => cell("news", candle, told.get(index)?.length.toString(), "0") },
            ]}
          />
        </div>
      )}
    </details>
  );
}

function predictedText(at: PredictionsAtCandle | undefined): string | undefined {
  if (at === undefined) return undefined;
  return at.predictions.length === 1
    ? `${at.surest.direction} (${numberOf(at.surest.prediction, { digits: 3 })})`
    : `${directionAt(at)} (${at.bullish} up, ${at.bearish} down)`;
}

function outcomeText(at: PredictionsAtCandle | undefined): string | undefined {
  if (at === undefined) return undefined;
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

function tradesText(at: TradesAtCandle | undefined): string | undefined {
  if (at === undefined) return undefined;
  const sides = [at.longs > 0 ? `${at.longs} long` : "", at.shorts > 0 ? `${at.shorts} short` : ""].filter(Boolean).join(", ");
  return `${sides}: ${numberOf(at.net_bp, { digits: 1, is_signed: true })}`;
}
