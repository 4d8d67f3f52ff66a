import { useCallback } from "preact/hooks";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { askText } from "../../api/ask.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { setQuery } from "../../state/address.ts";
import { chosen, instrument, instruments } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { figureOf } from "./figureOf.ts";
import { readValues, type ValueAt, withGaps } from "./readValues.ts";
import { unitLabel, withUnit } from "./unitLabel.ts";

const HOUR = 3_600_000;
const SPANS = ["7", "28", "91"] as const;

/** What a feature was at the end of each bar of late, as it could be known then. */
export function ValuesInTime({ reference, name, unit }: { readonly reference: string; readonly name: string; readonly unit: string }) {
  const pair = instrument.value || (instruments.value[0] ?? "");
  const days = chosen("days", SPANS, "28");
  const to = Math.floor(now.value / HOUR) * HOUR;
  const query = {
    ...{ features: reference, instruments: pair, format: "ndjson" as const },
    from: new Date(to - Number(days) * 24 * HOUR).toISOString(),
    to: new Date(to).toISOString(),
  };
  const answer = useQuery(
    ["values in time", query],
    async (signal) => readValues((await askText("GET /api/features/export", { query }, { max_chars: 2_000_000, signal })).text),
    { refresh_ms: null, is_wanted: pair !== "" },
  );
  return (
    <Card
      title={`Of late: ${pair}`}
      about="At the end of each bar, as it could be known then. Choose another pair in the header."
      actions={
        <Switch
          label="How far back"
          value={days}
          options={SPANS.map((value) => ({ value, text: `${value} days` }))}
          onChoose={(value) => setQuery({ days: value === "28" ? null : value })}
        />
      }
      is_wide
    >
      <Answered
        answer={answer}
        height={260}
        is_empty={(values) => values.every(({ value }) => value === null)}
        empty={`Nothing of it was known for ${pair} in ${byCount(Number(days), "this day", `these ${days} days`)}. Rows come with the pipeline that makes the view.`}
      >
        {(values) => <Line values={values} name={name} unit={unit} pair={pair} />}
      </Answered>
    </Card>
  );
}

function Line({
  values,
  name,
  unit,
  pair,
}: {
  readonly values: readonly ValueAt[];
  readonly name: string;
  readonly unit: string;
  readonly pair: string;
}) {
  const option = useCallback(
    ({ series, quiet, line }: ChartColours) => ({
      useUTC: true,
      tooltip: { valueFormatter: (value: unknown) => figureOf(value as number) },
      xAxis: {
        type: "time",
        axisLabel: { color: quiet, hideOverlap: true, formatter: "{MM}-{dd}" },
        axisLine: { lineStyle: { color: line } },
      },
      yAxis: { type: "value", scale: true, axisLabel: { color: quiet }, splitLine: { lineStyle: { color: line } } },
      series: [
        {
          type: "line",
          name,
          showSymbol: false,
          lineStyle: { width: 1.5, color: series[0] },
          data: withGaps(values).map(({ at, value }) => [at, value]),
        },
      ],
    }),
    [values, name],
  );
  const known = values.flatMap(({ value }) => (value === null ? [] : [value]));
  const missing = values.length - known.length;
  return (
    <>
      <Chart
        label={`${name} of ${pair} at ${amountOf(values.length, "bar")}, in ${unitLabel(unit)}: from ${figureOf(Math.min(...known))} to ${figureOf(Math.max(...known))}, ${figureOf(known.at(-1))} at the last. Times are UTC.`}
        option={option}
      />
      <p class="quiet">
        {amountOf(values.length, "bar")}, {missing === 0 ? "none" : missing} without a value; least {figureOf(Math.min(...known))}, largest{" "}
        {figureOf(Math.max(...known))}, last {withUnit(figureOf(known.at(-1)), unit)}. Times on the chart are UTC.
      </p>
    </>
  );
}
