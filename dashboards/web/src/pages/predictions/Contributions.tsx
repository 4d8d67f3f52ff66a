import { useCallback } from "preact/hooks";
import type { ExplanationView } from "../../../../../shared/contracts/predict.ts";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { numberOf } from "../../format/number.ts";
import { Table } from "../../ui/Table.tsx";
import { featureText } from "./featureText.ts";
import { largest } from "./largest.ts";

const SHOWN = 15;
/** Of the names beside the bars: less where the screen is narrow. */
const NAME_PX = Math.min(300, document.documentElement.clientWidth * 0.35);
const form = { digits: 4, is_signed: true };

/** What each feature did to one answer, the largest first; all others together as one bar, so that the bars sum to what was said. */
export function Contributions({
  contributions,
  bias,
  margin,
}: {
  readonly contributions: NonNullable<ExplanationView["contributions"]>;
  readonly bias: number | null;
  readonly margin: number | null;
}) {
  const { shown, rest } = largest(contributions, SHOWN);
  const bars = [
    ...shown.map(({ feature, value, contribution }) => ({ name: `${feature} = ${featureText(value)}`, contribution })),
    ...(rest.count === 0
      ? []
      : [{ name: byCount(rest.count, "one other", `${rest.count} others together`), contribution: rest.contribution }]),
  ].reverse();
  const option = useCallback(
    ({ text, line, series }: ChartColours) => ({
      grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
      xAxis: {
        ...{ type: "value", name: "log-odds: left towards a fall, right towards a rise", nameLocation: "middle", nameGap: 26 },
        ...{ axisLabel: { color: text, hideOverlap: true }, nameTextStyle: { color: text }, splitLine: { lineStyle: { color: line } } },
      },
      yAxis: { type: "category", data: bars.map(({ name }) => name), axisLabel: { color: text, width: NAME_PX, overflow: "truncate" } },
      tooltip: { trigger: "item", valueFormatter: (value: unknown) => numberOf(Number(value), form) },
      series: [
        {
          type: "bar",
          barMaxWidth: 18,
          data: bars.map(({ contribution }) => ({ value: contribution, itemStyle: { color: contribution < 0 ? series[1] : series[0] } })),
        },
      ],
    }),
    [contributions],
  );
  const first = shown[0]!;
  return (
    <Chart
      label={`What the features did to the answer, in log-odds: the most ${first.feature}, by ${numberOf(first.contribution, form)}.`}
      height={40 + 24 * bars.length}
      option={option}
    >
      <p class="quiet">
        The mean over the training rows is {numberOf(bias, form)}; with all contributions it makes {numberOf(margin, form)} in log-odds.
      </p>
      <Table
        caption="Contribution of every feature, the largest first"
        rows={contributions}
        keyOf={({ feature }) => feature}
        columns={[
          { name: "feature", is_head: true, show: ({ feature }) => feature },
          { name: "value", is_number: true, show: ({ value }) => featureText(value) },
          { name: "contribution, log-odds", is_number: true, show: ({ contribution }) => numberOf(contribution, form) },
        ]}
      />
    </Chart>
  );
}
