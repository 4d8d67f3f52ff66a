import { useCallback } from "preact/hooks";
import type { AnswerAt } from "../../api/ask.ts";
import type { Answer } from "../../api/useAnswer.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { numberOf } from "../../format/number.ts";
import { momentOf } from "../../format/time.ts";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { monthEnds } from "./monthEnds.ts";
import { WhereKept } from "./WhereKept.tsx";

export type Outcomes = AnswerAt<"GET /api/models/{name}/versions/{version}/outcomes">;

/** What trading every direction out of fold would have come to, before and after the spread. */
export function Pnl({ outcomes, tags }: { readonly outcomes: Answer<Outcomes>; readonly tags: Readonly<Record<string, string>> }) {
  return (
    <Card
      title="What trading it would have come to"
      about="Every row in its direction, outside the rollover, one unit a trade, out of fold. The spread is the only cost: no slippage, no swap. A past on one market, and no promise."
      is_wide
    >
      <WhereKept answer={outcomes} missing="The curve cannot be drawn for this version." height={300}>
        {(data) => <Curve outcomes={data} />}
      </WhereKept>
      <dl class="models-backtests">
        <dt>every direction</dt>
        <dd>{tags["backtest_every_direction"] ?? "model_validation has not traded this version yet."}</dd>
        <dt>by the trading rule</dt>
        <dd>{tags["backtest"] ?? "model_validation has not traded this version yet."}</dd>
      </dl>
    </Card>
  );
}

/** Months are those of UTC, and so is the axis: the table beside them is too, whichever zone the reader has chosen. */
function utcText(at: string): string {
  const { date, time } = momentOf(Date.parse(at), "UTC");
  return `${date} ${time}`;
}

function Curve({ outcomes: { pnl } }: { readonly outcomes: Outcomes }) {
  const option = useCallback(
    ({ series, line, text }: ChartColours) => ({
      useUTC: true,
      legend: { top: 0, textStyle: { color: text } },
      grid: { left: 16, right: 24, top: 36, bottom: 24, containLabel: true },
      tooltip: { valueFormatter: (value: unknown) => numberOf(value as number, { digits: 0, is_signed: true, unit: "bp" }) },
      xAxis: {
        ...{ type: "time", splitLine: { show: false }, axisLabel: { color: text } },
        ...{ name: "UTC", nameLocation: "middle", nameGap: 28, nameTextStyle: { color: text } },
      },
      yAxis: {
        type: "value",
        name: "sum, bp",
        nameTextStyle: { color: text },
        axisLabel: { color: text },
        splitLine: { lineStyle: { color: line } },
      },
      series: [
        {
          ...{ name: "before costs", type: "line", showSymbol: false },
          ...{ lineStyle: { color: series[1], type: "dashed" }, itemStyle: { color: series[1] } },
          data: pnl.map(({ event_time, gross_bp }) => [event_time, gross_bp]),
        },
        {
          ...{ name: "after the spread", type: "line", showSymbol: false },
          ...{ lineStyle: { color: series[0], width: 2 }, itemStyle: { color: series[0] } },
          data: pnl.map(({ event_time, net_bp }) => [event_time, net_bp]),
          markLine: {
            silent: true,
            symbol: "none",
            label: { show: false },
            lineStyle: { color: line, type: "solid" },
            data: [{ yAxis: 0 }],
          },
        },
      ],
    }),
    [pnl],
  );
  const last = pnl.at(-1);
  if (last === undefined) return <p class="empty">No row was tested, so that there is nothing to trade.</p>;
  const bp = { digits: 0, is_signed: true, unit: "bp" };
  return (
    <Chart
      label={`Sum of all trades over time, in UTC: ${numberOf(last.gross_bp, bp)} before costs and ${numberOf(last.net_bp, bp)} after the spread at the end.`}
      height={300}
      option={option}
    >
      <Table
        caption="The sums at the last point of the curve in each month of UTC"
        rows={monthEnds(pnl)}
        keyOf={({ event_time }) => event_time}
        columns={[
          { name: "until, UTC", is_head: true, show: ({ event_time }) => utcText(event_time) },
          { name: "before costs", is_number: true, show: ({ gross_bp }) => numberOf(gross_bp, bp) },
          { name: "after the spread", is_number: true, show: ({ net_bp }) => numberOf(net_bp, bp) },
        ]}
      />
    </Chart>
  );
}
