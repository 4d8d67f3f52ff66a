import { useCallback } from "preact/hooks";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { candleItemStyle } from "../../charts/candleItemStyle.ts";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf } from "../../format/number.ts";
import { momentOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { ZONES, zone } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { barsBehind, barsFrom } from "./momentRow.ts";

type Bar = AnswerAt<"GET /api/candles">["candles"][number];

const iso = (at: number) => new Date(at).toISOString();

/** The bars that were over at a moment, the newest `bars` of them; the last `lookback` are what one feature reads. */
export function BarsBehind({
  pair,
  at,
  bars,
  marked,
}: {
  readonly pair: string;
  readonly at: number;
  readonly bars: number;
  readonly marked: { readonly name: string; readonly lookback: number } | null;
}) {
  const answer = useAnswer(
    "GET /api/candles",
    { query: { instrument: pair, from: iso(barsFrom(at, bars)), to: iso(at), max_points: 2_000 } },
    { refresh_ms: null },
  );
  return (
    <Answered
      answer={answer}
      height={300}
      is_empty={({ candles }) => barsBehind(candles, at, bars).length === 0}
      empty={
        <>
          No bar of {pair} was over by then. Bars come with the market pipeline each hour, or with an import.{" "}
          <a href={hrefOf("market")}>Market</a>
        </>
      }
    >
      {({ candles }) => <Bars bars={barsBehind(candles, at, bars)} pair={pair} marked={marked} />}
    </Answered>
  );
}

function Bars({
  bars,
  pair,
  marked,
}: {
  readonly bars: readonly Bar[];
  readonly pair: string;
  readonly marked: { readonly name: string; readonly lookback: number } | null;
}) {
  const name_of_zone = ZONES[zone.value];
  const option = useCallback(
    ({ card, series, quiet, line, text }: ChartColours) => {
      const labels = bars.map(({ start }) => {
        const { date, time } = momentOf(Date.parse(start), name_of_zone);
        return `${date.slice(5)} ${time}`;
      });
      const first = marked === null ? null : Math.max(0, bars.length - marked.lookback);
      return {
        xAxis: { type: "category", data: labels, axisLabel: { color: quiet }, axisLine: { lineStyle: { color: line } } },
        yAxis: { type: "value", scale: true, axisLabel: { color: quiet }, splitLine: { lineStyle: { color: line } } },
        series: [
          {
            type: "candlestick",
            name: pair,
            data: bars.map(({ open, close, low, high }) => [open, close, low, high]),
            itemStyle: candleItemStyle({ card, series }),
            ...(first === null
              ? {}
              : {
                  markArea: {
                    silent: true,
                    itemStyle: { color: quiet, opacity: 0.15 },
                    label: { color: text, position: "insideTop" },
                    data: [[{ name: `read by ${marked?.name}`, xAxis: first }, { xAxis: bars.length - 1 }]],
                  },
                }),
          },
        ],
      };
    },
    [bars, pair, marked?.name, marked?.lookback, name_of_zone],
  );
  const last = bars.at(-1)!;
  return (
    <>
      <Chart
        label={`Candles of ${pair}: ${amountOf(bars.length, "hourly bar")} to ${last.end}, the last one closed at ${last.close}.`}
        height={260}
        option={option}
      >
        <Table
          caption={`Bars of ${pair} behind the row, the newest first`}
          rows={bars.toReversed()}
          keyOf={({ start }) => start}
          columns={[
            { name: "start", is_head: true, show: ({ start }) => <Time at={start} /> },
            { name: "open", is_number: true, show: ({ open }) => price(open) },
            { name: "high", is_number: true, show: ({ high }) => price(high) },
            { name: "low", is_number: true, show: ({ low }) => price(low) },
            { name: "close", is_number: true, show: ({ close }) => price(close) },
            { name: "bid", is_number: true, show: ({ bid_close }) => price(bid_close) },
            { name: "ask", is_number: true, show: ({ ask_close }) => price(ask_close) },
            { name: "spread, bp", is_number: true, show: ({ spread_bp }) => numberOf(spread_bp, { digits: 2 }) },
            { name: "volume", is_number: true, show: ({ volume }) => numberOf(volume, { digits: 0 }) },
            { name: "session", show: ({ session }) => session?.replaceAll("_", " ") ?? "–" },
          ]}
        />
      </Chart>
      <p class="quiet">A hollow candle rose, a filled one fell.</p>
    </>
  );
}

const price = (value: number | null) => numberOf(value, { digits: 5 });
