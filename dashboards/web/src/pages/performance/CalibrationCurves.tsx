import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { type CurveBin, calibrationCurve, chanceOf } from "../monitoring/calibrationCurve.ts";
import { TableBelow } from "../monitoring/ReadingPanel.tsx";
import { ReadingState } from "../monitoring/ReadingState.tsx";
import { showShare } from "../monitoring/readingForm.ts";
import { ofPair, type Reading, unknownReasons } from "../monitoring/readings.ts";
import { useReadings, useRule } from "../monitoring/useReadings.ts";
import "./performance.css";

/** What was said beside what came, a small curve a pair. */
export function CalibrationCurves({ fills }: { readonly fills: string }) {
  const readings = useReadings("performance");
  const ownOf = (all: readonly Reading[]) =>
    ofPair(
      all.filter(({ metric }) => metric === "ece_30d"),
      instrument.value,
      instruments.value,
    );
  return (
    <Card
      title="Calibration curve of 30 days"
      about="Of settled predictions of the pipeline's own, outside the rollover, in up to ten bins of equal mass: the share that rose over the probability that was said. Points of a calibrated model lie on the diagonal, but for chance; the bar at each point is what chance alone explains, but for one bin in twenty."
      is_wide
    >
      <Answered answer={readings} height={240} is_empty={({ readings: all }) => ownOf(all).length === 0} empty={fills}>
        {({ readings: all }) => {
          const curves = ownOf(all).map((reading) => ({ reading, bins: calibrationCurve(reading) }));
          // A curve of too few answers is there as well, and shows nothing but chance.
          const drawn = curves.filter(({ reading, bins }) => reading.status !== "unknown" && bins.length > 0);
          return (
            <>
              <div class="performance-curves">
                {drawn.map(({ reading, bins }) => (
                  <PairCurve key={reading.subject} reading={reading} bins={bins} />
                ))}
              </div>
              {unknownReasons(ownOf(all)).map(({ reason, subjects }) => (
                <p key={reason} class="monitoring-unknown">
                  <State state="unknown">not known</State> {reason} ({subjects.join(", ")}). {fills}
                </p>
              ))}
              {drawn.length > 0 && (
                <TableBelow>
                  <Table
                    caption="Bins of the calibration curves"
                    rows={drawn.flatMap(({ reading: { subject }, bins }) => bins.map((bin, at) => ({ subject, bin, at })))}
                    keyOf={({ subject, at }) => `${subject}/${at}`}
                    columns={[
                      { name: "pair", show: ({ subject }) => subject, is_head: true },
                      { name: "said, on average", show: ({ bin }) => showShare(bin.mean_forecast), is_number: true },
                      { name: "rose", show: ({ bin }) => showShare(bin.share_up), is_number: true },
                      { name: "by chance, up to", show: ({ bin }) => `± ${showShare(chanceOf(bin))}`, is_number: true },
                      { name: "n", show: ({ bin }) => bin.n, is_number: true },
                    ]}
                  />
                </TableBelow>
              )}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function PairCurve({ reading: { subject, value, status, n }, bins }: { readonly reading: Reading; readonly bins: readonly CurveBin[] }) {
  const rule = useRule("performance", "ece_30d");
  const said = JSON.stringify(bins);
  const option = useCallback(
    (colours: ChartColours) => {
      const { low, high } = endsOf(bins);
      const axis = (name: string) => ({
        ...{ type: "value", min: low, max: high, name, nameLocation: "middle" },
        nameTextStyle: { color: colours.quiet },
        axisLabel: { color: colours.quiet, formatter: (share: number) => `${Math.round(share * 100)} %`, hideOverlap: true },
        splitLine: { lineStyle: { color: colours.line } },
      });
      return {
        grid: { left: 28, right: 14, top: 10, bottom: 24, containLabel: true },
        tooltip: {
          trigger: "item",
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
            const bin = bins[dataIndex];
            return bin === undefined ? "" : `said ${showShare(bin.mean_forecast)}\nrose ${showShare(bin.share_up)}\nn ${bin.n}`;
          },
        },
        xAxis: { ...axis("said"), nameGap: 24 },
        yAxis: { ...axis("rose"), nameGap: 40 },
        series: [
          {
            ...{ type: "line", symbol: "none", silent: true, color: colours.quiet },
            data: [
              [low, low],
              [high, high],
            ],
            lineStyle: { type: "dashed", width: 1 },
          },
          ...bins.map((bin) => ({
            ...{ type: "line", symbol: "none", silent: true, color: colours.quiet },
            data: [
              [bin.mean_forecast, bin.share_up - chanceOf(bin)],
              [bin.mean_forecast, bin.share_up + chanceOf(bin)],
            ],
            lineStyle: { width: 1, opacity: 0.7 },
          })),
          { type: "scatter", symbolSize: 9, color: colours.series[0], data: bins.map((bin) => [bin.mean_forecast, bin.share_up]) },
        ],
      };
    },
    [said],
  );
  return (
    <section aria-label={`Calibration of ${subject}`}>
      <h3>{subject}</h3>
      <p class="monitoring-pair">
        <ReadingState status={status} rule={rule}>
          mean distance <strong class="number">{showShare(value)}</strong>
        </ReadingState>{" "}
        <span class="quiet number">n {n ?? "–"}</span>
      </p>
      <Chart
        label={`Calibration of ${subject}: ${amountOf(bins.length, "bin")}, on average ${showShare(value)} from the diagonal.`}
        height={220}
        option={option}
      />
    </section>
  );
}

/** Both axes alike, from what is there with its bars. */
function endsOf(bins: readonly CurveBin[]): { readonly low: number; readonly high: number } {
  const all = bins.flatMap((bin) => [bin.mean_forecast, bin.share_up - chanceOf(bin), bin.share_up + chanceOf(bin)]);
  return { low: Math.max(0, Math.floor(Math.min(...all) * 20) / 20), high: Math.min(1, Math.ceil(Math.max(...all) * 20) / 20) };
}
