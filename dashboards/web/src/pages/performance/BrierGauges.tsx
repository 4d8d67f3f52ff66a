import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { limitSentence } from "../monitoring/limits.ts";
import { NowValues } from "../monitoring/NowValues.tsx";
import { PanelTable } from "../monitoring/PanelTable.tsx";
import { TableBelow } from "../monitoring/ReadingPanel.tsx";
import { showOf } from "../monitoring/readingForm.ts";
import { ofPair, type Reading } from "../monitoring/readings.ts";
import { useReadings, useRule } from "../monitoring/useReadings.ts";
import "./performance.css";

const [LEAST, MOST] = [0.2, 0.3];
const show = showOf("squared probability");

/** The Brier score of each pair on a gauge from 0.20 to 0.30: a coin that says 50 % stands in the middle. */
export function BrierGauges({ fills }: { readonly fills: string }) {
  const readings = useReadings("performance");
  const rule = useRule("performance", "brier");
  const ownOf = (all: readonly Reading[]) =>
    ofPair(
      all.filter(({ metric }) => metric === "brier"),
      instrument.value,
      instruments.value,
    );
  return (
    <Card
      title="Brier score"
      about="Mean squared error of the probability over four weeks, of settled predictions of the pipeline's own: 0 is perfect, 0.25 a coin that says 50 %. The dial goes from 0.20 to 0.30."
    >
      {rule !== undefined && <p class="monitoring-normal">{limitSentence(rule, show)}</p>}
      <Answered answer={readings} height={200} is_empty={({ readings: all }) => ownOf(all).length === 0} empty={fills}>
        {({ readings: all }) => {
          const own = ownOf(all);
          const known = own.filter(({ status }) => status !== "unknown");
          return (
            <>
              <NowValues readings={own} show={show} rule={rule} />
              <div class="performance-gauges">
                {known.map((reading) => (
                  <BrierGauge key={reading.subject} reading={reading} warning={rule?.warning ?? null} />
                ))}
              </div>
              <TableBelow>
                <PanelTable caption="Brier score" readings={own} show={show} rule={rule} />
              </TableBelow>
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function BrierGauge({ reading: { subject, value }, warning }: { readonly reading: Reading; readonly warning: number | null }) {
  const option = useCallback(
    (colours: ChartColours) => ({
      tooltip: { show: false },
      series: [
        {
          ...{ type: "gauge", min: LEAST, max: MOST, startAngle: 200, endAngle: -20, radius: "100%", center: ["50%", "62%"] },
          axisLine: {
            lineStyle: {
              width: 10,
              color: [
                [((warning ?? MOST) - LEAST) / (MOST - LEAST), colours.good],
                [1, colours.warn],
              ],
            },
          },
          splitNumber: 2,
          axisTick: { show: false },
          splitLine: { length: 10, lineStyle: { color: colours.text } },
          axisLabel: { show: false },
          pointer: { width: 4, length: "60%", itemStyle: { color: colours.text } },
          anchor: { show: true, size: 8, itemStyle: { color: colours.text } },
          detail: { color: colours.text, fontSize: 14, offsetCenter: [0, "42%"], formatter: (at: number) => show(at) },
          // A hand beyond the end would leave the dial.
          data: [{ value: Math.min(MOST, Math.max(LEAST, value ?? LEAST)) }],
        },
      ],
    }),
    [value, warning],
  );
  return (
    <div>
      <h3>{subject}</h3>
      <Chart label={`Brier score of ${subject}: ${show(value)}, on a scale from ${LEAST} to ${MOST}.`} height={115} option={option} />
    </div>
  );
}
