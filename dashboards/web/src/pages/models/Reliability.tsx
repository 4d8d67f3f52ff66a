import { useCallback } from "preact/hooks";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { countOf, countRange, numberOf, percentOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { Difference } from "./Difference.tsx";
import { type CalibrationView, type JudgedBin, judgedBins, readCalibration } from "./readCalibration.ts";
import { useModelFile } from "./useModelFile.ts";
import { WhereKept } from "./WhereKept.tsx";

/** Whether what is said with 60 % comes about 60 times in a hundred, before calibration and after. */
export function Reliability({ name, version }: { readonly name: string; readonly version: string }) {
  const calibration = useModelFile(name, version, "calibration.json", readCalibration);
  return (
    <Card
      title="Is it to be believed: what was said, and how often it came"
      about="Rows of neighbouring probabilities are one point. On the dashed diagonal what is said comes exactly as often; between the dotted lines all points together lie by chance alone in 95 of 100 cases (the band of one point is widened for their number, by Bonferroni)."
    >
      <WhereKept
        answer={calibration}
        missing="This version keeps no record of its calibration: it is from before there was one, or was trained elsewhere. What its trees say is served as it is."
        height={340}
      >
        {(data) => <Shown calibration={data} />}
      </WhereKept>
    </Card>
  );
}

function Shown({
  calibration: { calibrator, reason, candidates, reliability, log_loss_minus_raw },
}: {
  readonly calibration: CalibrationView;
}) {
  const is_same = calibrator.kind === "none" && sameBins(reliability);
  const [before, after] = [judgedBins(reliability.before), judgedBins(reliability.after)];
  const outside = after.filter(({ is_within_chance }) => !is_within_chance).length;
  const option = useCallback((colours: ChartColours) => optionOf(colours, before, is_same ? null : after), [reliability]);
  return (
    <>
      <p>
        {is_same
          ? "Served as the trees say it: before and after calibration are the same."
          : `${calibrator.kind === "none" ? "Served as the trees say it, though some folds were calibrated" : `Calibrated by ${calibrator.kind}`}: log loss after minus before, out of fold, `}
        {!is_same && (
          <>
            <Difference of={log_loss_minus_raw} />.
          </>
        )}{" "}
        {outside === 0
          ? "No point lies outside what chance alone explains."
          : `${outside} of ${amountOf(after.length, "point")} ${byCount(outside, "lies", "lie")} outside what chance alone explains.`}{" "}
        Each point is {countRange(after.map(({ n }) => n))} rows.
      </p>
      <Chart label={`Reliability curve in ${amountOf(after.length, "point")}; ${outside} outside chance.`} height={340} option={option}>
        <Bins caption="After calibration, as it is served" bins={after} />
        {!is_same && <Bins caption="Before calibration" bins={before} />}
      </Chart>
      <p class="about">{reason}</p>
      {candidates.length > 0 && (
        <details class="chart-table">
          <summary>The ways of calibration that were tried</summary>
          <Table
            caption="Ways of calibration that were tried"
            rows={candidates}
            keyOf={({ kind }) => kind}
            columns={[
              { name: "way", is_head: true, show: ({ kind }) => kind },
              {
                name: "log loss on later rows minus that of none",
                show: ({ kind, minus_none }) => (kind === "none" ? "" : <Difference of={minus_none} />),
              },
            ]}
          />
        </details>
      )}
    </>
  );
}

function sameBins({ before, after }: CalibrationView["reliability"]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function Bins({ caption, bins }: { readonly caption: string; readonly bins: readonly JudgedBin[] }) {
  return (
    <>
      <h3>{caption}</h3>
      <Table
        caption={caption}
        rows={bins}
        keyOf={(_, index) => index}
        columns={[
          { name: "said, on average", is_head: true, show: ({ mean_forecast }) => percentOf(mean_forecast) },
          { name: "rose", is_number: true, show: ({ share_up }) => percentOf(share_up) },
          {
            name: "by chance alone",
            is_number: true,
            show: ({ chance_low, chance_high }) => `${numberOf(chance_low * 100, { digits: 1 })} to ${percentOf(chance_high)}`,
          },
          { name: "", show: ({ is_within_chance }) => (is_within_chance ? "within" : "outside") },
          { name: "rows", is_number: true, show: ({ n }) => countOf(n) },
        ]}
      />
    </>
  );
}

function optionOf({ series, line, quiet, text }: ChartColours, before: readonly JudgedBin[], after: readonly JudgedBin[] | null) {
  const shown = after ?? before;
  const values = [...before, ...shown].flatMap(({ mean_forecast, share_up, chance_low, chance_high }) => [
    mean_forecast,
    share_up,
    chance_low,
    chance_high,
  ]);
  const [from, to] = [Math.floor(Math.min(...values) * 50) / 50, Math.ceil(Math.max(...values) * 50) / 50];
  const axis = {
    type: "value",
    ...{ min: from, max: to, splitLine: { lineStyle: { color: line } } },
    nameTextStyle: { color: text },
    axisLabel: { color: text, formatter: (value: number) => `${Math.round(value * 100)}` },
  };
  const bound = (name: "chance_low" | "chance_high") => ({
    ...{ name: "by chance alone", type: "line", showSymbol: false, silent: true, tooltip: { show: false } },
    ...{ lineStyle: { type: "dotted", color: quiet, width: 1 }, itemStyle: { color: quiet } },
    data: shown.map((bin) => [bin.mean_forecast, bin[name]]),
  });
  const points = (
    name: string,
    bins: readonly JudgedBin[],
    how: { readonly colour: string | undefined; readonly symbol: string; readonly is_main: boolean },
  ) => [
    {
      ...{ name, type: "line", showSymbol: false, silent: true, tooltip: { show: false } },
      lineStyle: { color: how.colour, type: how.is_main ? "solid" : "dashed" },
      itemStyle: { color: how.colour },
      data: bins.map(({ mean_forecast, share_up }) => [mean_forecast, share_up]),
    },
    {
      ...{ name, type: "scatter", symbol: how.symbol, itemStyle: { color: how.colour } },
      symbolSize: ([, , n]: readonly number[]) => 6 + Math.min(8, Math.sqrt(n!) / 5),
      data: bins.map(({ mean_forecast, share_up, n }) => [mean_forecast, share_up, n]),
    },
  ];
  return {
    legend: {
      top: 0,
      textStyle: { color: text },
      data: after ? ["as served", "before calibration", "by chance alone"] : ["as served", "by chance alone"],
    },
    grid: { left: 16, right: 24, top: 40, bottom: 28, containLabel: true },
    tooltip: {
      trigger: "item",
      formatter: ({ seriesName, value }: { seriesName: string; value: readonly number[] }) =>
        `${seriesName}: said ${percentOf(value[0])}, rose ${percentOf(value[1])}, ${amountOf(value[2], "row")}`,
    },
    xAxis: { ...axis, name: "said, %", nameLocation: "middle", nameGap: 26 },
    yAxis: { ...axis, name: "rose, %" },
    series: [
      {
        ...{ name: "exactly as said", type: "line", showSymbol: false, silent: true, tooltip: { show: false } },
        ...{ lineStyle: { type: "dashed", color: quiet, width: 1 }, itemStyle: { color: quiet } },
        data: [
          [from, from],
          [to, to],
        ],
      },
      bound("chance_low"),
      bound("chance_high"),
      ...(after ? points("before calibration", before, { colour: series[1], symbol: "diamond", is_main: false }) : []),
      ...points("as served", shown, { colour: series[0], symbol: "circle", is_main: true }),
    ],
  };
}
