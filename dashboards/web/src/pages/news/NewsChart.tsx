import { useCallback, useMemo } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { numberOf } from "../../format/number.ts";
import { durationOf, momentOf } from "../../format/time.ts";
import { setQuery } from "../../state/address.ts";
import { chosen, ZONES, zone } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Switch } from "../../ui/Choice.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { ArticleView } from "./articleView.ts";
import { MEASURES, newsInTime, stepOf } from "./newsInTime.ts";
import type { NewsSpan } from "./spanOf.ts";

const HOUR = 3_600_000;
const SYMBOLS = ["circle", "triangle", "rect", "diamond", "arrow", "emptyCircle"];
const MEASURE_TEXTS = { direction: "direction of each currency", sentiment: "sentiment of its news" } as const;
const ABOUT = {
  direction: "Above zero: the articles say that the currency strengthens. Of SGD that means that USD_SGD falls.",
  sentiment: "Above zero: good news, of the articles that are about the currency.",
} as const;

/** What the articles said of each currency in time, and how many there were. */
export function NewsChart({
  articles,
  span,
  currencies,
}: {
  readonly articles: readonly ArticleView[];
  readonly span: NewsSpan;
  readonly currencies: readonly string[];
}) {
  const measure = chosen("measure", MEASURES, "direction");
  const to = span.to ?? Math.ceil(now.value / HOUR) * HOUR;
  const step_ms = stepOf(to - span.from);
  const named = currencies.join(",");
  const buckets = useMemo(
    () => newsInTime(articles, { from: span.from, to, step_ms, currencies, measure }),
    [articles, span.from, to, named, measure],
  );
  const name_of_zone = ZONES[zone.value];
  const option = useCallback(
    ({ series, quiet, line, text }: ChartColours) => {
      const labels = buckets.map(({ start }) => {
        const { date, time } = momentOf(start, name_of_zone);
        return `${date.slice(5)} ${time}`;
      });
      return {
        legend: { top: 0, left: 0, type: "scroll", textStyle: { color: text }, data: [...currencies] },
        grid: [
          { left: 50, right: 16, top: 34, height: 145 },
          { left: 50, right: 16, top: 222, height: 52 },
        ],
        tooltip: { valueFormatter: (value: unknown) => numberOf(value as number | null, { digits: 2 }) },
        axisPointer: { link: [{ xAxisIndex: [0, 1] }] },
        xAxis: [
          { type: "category", data: labels, gridIndex: 0, axisLabel: { show: false }, axisLine: { lineStyle: { color: line } } },
          { type: "category", data: labels, gridIndex: 1, axisLabel: { color: quiet }, axisLine: { lineStyle: { color: line } } },
        ],
        yAxis: [
          { type: "value", gridIndex: 0, min: -1, max: 1, axisLabel: { color: quiet }, splitLine: { lineStyle: { color: line } } },
          {
            type: "value",
            gridIndex: 1,
            name: "articles",
            nameTextStyle: { color: quiet, align: "left" },
            nameGap: 8,
            minInterval: 1,
            splitNumber: 2,
            axisLabel: { color: quiet },
            splitLine: { lineStyle: { color: line } },
          },
        ],
        series: [
          ...currencies.map((currency, index) => ({
            type: "line",
            name: currency,
            xAxisIndex: 0,
            yAxisIndex: 0,
            connectNulls: false,
            symbol: SYMBOLS[index % SYMBOLS.length],
            symbolSize: 7,
            lineStyle: { width: currency === "SGD" ? 3 : 1.5 },
            z: currency === "SGD" ? 5 : 2,
            color: series[index % series.length],
            data: buckets.map(({ means }) => means[index] ?? null),
          })),
          {
            type: "bar",
            name: "articles",
            xAxisIndex: 1,
            yAxisIndex: 1,
            color: series[5],
            data: buckets.map((bucket) => bucket.articles),
          },
        ],
      };
    },
    [buckets, named, name_of_zone],
  );
  const total = buckets.reduce((sum, bucket) => sum + bucket.articles, 0);
  if (total === 0) return null;
  return (
    <>
      <div class="news-measure">
        <Switch
          label="What is drawn"
          value={measure}
          options={MEASURES.map((value) => ({ value, text: MEASURE_TEXTS[value] }))}
          onChoose={(value) => setQuery({ measure: value === "direction" ? null : value }, { replace: true })}
        />
        <span class="quiet">
          {ABOUT[measure]} A point is the mean of {durationOf(step_ms)}, weighted by relevance and confidence; repeats are left out.
        </span>
      </div>
      <Chart
        label={`The ${MEASURE_TEXTS[measure]} in steps of ${durationOf(step_ms)} for ${currencies.join(", ")}, and below it the number of articles, ${total} in all.`}
        height={300}
        option={option}
      >
        <Table
          caption="What the articles said, by time and currency"
          rows={buckets.filter((bucket) => bucket.articles > 0).toReversed()}
          keyOf={({ start }) => start}
          columns={[
            { name: "from", is_head: true, show: ({ start }) => <Time at={start} /> },
            { name: "articles", is_number: true, show: (bucket) => bucket.articles },
            ...currencies.map((currency, index) => ({
              name: currency,
              is_number: true,
              show: ({ means, counts }: (typeof buckets)[number]) =>
                means[index] === null ? (
                  <span class="missing">–</span>
                ) : (
                  <>
                    {numberOf(means[index], { digits: 2, is_signed: true })} <span class="quiet">of {counts[index]}</span>
                  </>
                ),
            })),
          ]}
        />
      </Chart>
    </>
  );
}
