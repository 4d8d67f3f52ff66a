import { useCallback } from "preact/hooks";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Table } from "../../ui/Table.tsx";
import { binRows } from "./binRows.ts";

type Drift = AnswerAt<"GET /api/features/drift">;

const REFRESH_MS = 10 * 60_000;

/** How a feature of one pair is spread in the last four weeks beside its training set, as bars. */
export function Distribution({ pair, feature }: { readonly pair: string; readonly feature: string }) {
  const answer = useAnswer("GET /api/features/drift", { query: { instrument: pair, feature } }, { refresh_ms: REFRESH_MS });
  return (
    <Answered
      answer={answer}
      height={260}
      is_empty={({ features }) => features.length === 0}
      empty={`The last four weeks have no value of it for ${pair}: rows come with the pipelines, each hour.`}
    >
      {(drift) => <Bins drift={drift} />}
    </Answered>
  );
}

function Bins({ drift }: { readonly drift: Drift }) {
  const { instrument, model_version, rows: recent_rows, training_rows, features } = drift;
  const { feature, psi, psi_without_drift, usual_psi } = features[0]!;
  const rows = binRows(features[0]!, drift);
  const key = JSON.stringify(rows);
  const option = useCallback(
    ({ series, quiet, line, text }: ChartColours) => ({
      legend: { top: 0, left: 0, textStyle: { color: text } },
      tooltip: { axisPointer: { type: "shadow" }, valueFormatter: (value: unknown) => percentOf(value as number) },
      xAxis: { type: "category", data: rows.map(({ name }) => name), axisLabel: { color: quiet, rotate: 30, hideOverlap: true } },
      yAxis: {
        type: "value",
        axisLabel: { color: quiet, formatter: (value: number) => percentOf(value, 0) },
        splitLine: { lineStyle: { color: line } },
      },
      series: [
        { type: "bar", name: "training set", data: rows.map(({ training }) => training), itemStyle: { color: series[5] } },
        {
          type: "bar",
          name: "last four weeks",
          data: rows.map(({ now }) => now),
          itemStyle: { color: series[0], decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: 0.8 } },
        },
      ],
    }),
    [key],
  );
  return (
    <>
      <p>
        {instrument}: PSI {numberOf(psi, { digits: 3 })}, where chance alone gives {numberOf(psi_without_drift, { digits: 3 })} on average
        {usual_psi !== null && <> and up to {numberOf(usual_psi, { digits: 2 })} was usual in four weeks of the training set</>};{" "}
        {amountOf(recent_rows, "row")} of the last four weeks beside {numberOf(training_rows, { digits: 0 })} of the training set of version{" "}
        {model_version}.
      </p>
      <Chart
        label={`Shares of ${feature} of ${instrument} in ${amountOf(rows.length, "bin")}: of the training set and of the last four weeks.`}
        height={280}
        option={option}
      >
        <Table
          caption={`Shares of ${feature} by bin`}
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { name: "values", is_head: true, show: ({ name }) => name },
            { name: "training set", is_number: true, show: ({ training }) => percentOf(training) },
            { name: "last four weeks", is_number: true, show: ({ now }) => percentOf(now) },
          ]}
        />
      </Chart>
    </>
  );
}
