import { useCallback } from "preact/hooks";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import type { Answer } from "../../api/useAnswer.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { percentOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { FeatureLink } from "../features/FeatureLink.tsx";
import type { Evaluation } from "./Metrics.tsx";
import { NOT_EVALUATED } from "./notEvaluated.ts";
import { type ImportanceRow, rankedImportance } from "./rankedImportance.ts";
import { WhereKept } from "./WhereKept.tsx";

const MOST_BARS = 15;

/** What carries the model. */
export function Importance({ evaluation }: { readonly evaluation: Answer<Evaluation> }) {
  return (
    <Card
      title="What carries it"
      about="The share of what all splits on a feature gained in training. It says what the trees lean on, and nothing of whether that is worth anything."
    >
      <WhereKept answer={evaluation} missing={NOT_EVALUATED} height={340}>
        {({ importance }) => <Bars importance={importance} />}
      </WhereKept>
    </Card>
  );
}

function Bars({ importance }: Pick<Evaluation, "importance">) {
  const ranked = rankedImportance(importance);
  const shown = ranked.slice(0, MOST_BARS);
  const option = useCallback((colours: ChartColours) => optionOf(colours, shown), [importance]);
  if (ranked.length === 0) return <p>No tree splits on anything: it says the same of every row.</p>;
  return (
    <>
      <p>
        {ranked.length} of {amountOf(Object.keys(importance).length, "feature")} {byCount(ranked.length, "is", "are")} split on; the{" "}
        {shown.length} shown {byCount(shown.length, "carries", "carry")} {percentOf(shown.at(-1)!.running)}.
      </p>
      <Chart
        label={`Shares of the gain: ${shown.map(({ feature, share }) => `${feature} ${percentOf(share)}`).join(", ")}.`}
        height={30 + shown.length * 22}
        option={option}
      >
        <Table
          caption="Shares of the total gain by feature"
          rows={ranked}
          keyOf={({ feature }) => feature}
          columns={[
            { name: "feature", is_head: true, show: ({ feature }) => <FeatureLink feature={feature} /> },
            { name: "share", is_number: true, show: ({ share }) => percentOf(share) },
            { name: "with all above", is_number: true, show: ({ running }) => percentOf(running) },
          ]}
        />
      </Chart>
    </>
  );
}

function optionOf({ series, line, text }: ChartColours, rows: readonly ImportanceRow[]) {
  return {
    grid: { left: 8, right: 56, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: "item", formatter: ({ name, value }: { name: string; value: number }) => `${name}: ${percentOf(value)}` },
    xAxis: {
      type: "value",
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: text, formatter: (share: number) => `${Math.round(share * 100)} %` },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ feature }) => feature),
      axisTick: { show: false },
      axisLabel: { color: text },
    },
    series: [
      {
        ...{ type: "bar", barWidth: "62%", itemStyle: { color: series[0] } },
        label: { show: true, position: "right", color: text, formatter: ({ value }: { value: number }) => percentOf(value) },
        data: rows.map(({ share }) => share),
      },
    ],
  };
}
