import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered, Failed } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Unasked } from "../../ui/Unasked.tsx";
import { chosenRange } from "./chosenRange.ts";
import { limitLines, limitSentence } from "./limits.ts";
import { bandOf, hasValue, lineOf } from "./lineData.ts";
import { PanelTable } from "./PanelTable.tsx";
import { TableBelow } from "./ReadingPanel.tsx";
import { ReadingState } from "./ReadingState.tsx";
import { textOfRange } from "./ranges.ts";
import { type Show, showOf } from "./readingForm.ts";
import { ofPair, type Reading, unknownReasons } from "./readings.ts";
import { type Line, SeriesChart } from "./SeriesChart.tsx";
import { type Check, useReadings, useRule } from "./useReadings.ts";
import { useSeen } from "./useSeen.ts";
import { useSeries } from "./useSeries.ts";

export interface PairCurve {
  readonly metric: string;
  /** What its line is called. */
  readonly name: string;
}

/**
 * Two metrics of each pair beside each other, a small chart a pair: the first with its interval as a band, the second, dashed, what it is
 * to be compared with.
 */
export function PairCurves({
  check,
  main,
  beside,
  title,
  about,
  fills,
  show,
  is_free = true,
}: {
  readonly check: Check;
  readonly main: PairCurve;
  readonly beside: PairCurve;
  readonly title: string;
  readonly about: ComponentChildren;
  readonly fills: string;
  readonly show?: Show;
  readonly is_free?: boolean;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const is_seen = useSeen(frame);
  const readings = useReadings(check);
  const rule = useRule(check, main.metric);
  const showing = show ?? showOf(rule?.unit);
  const ownOf = (all: readonly Reading[], metric: string) =>
    ofPair(
      all.filter((one) => one.metric === metric),
      instrument.value,
      instruments.value,
    );
  const curves = [
    useSeries({ check, metric: main.metric, is_wanted: is_seen }),
    useSeries({ check, metric: beside.metric, is_wanted: is_seen }),
  ];
  const linesOf = (subject: string): Line[] =>
    curves.flatMap(({ answer: { data } }, at) => {
      const points = data?.series.find((one) => one.subject === subject)?.points ?? [];
      const line = lineOf(points, data?.step_s ?? 1);
      if (!hasValue(line)) return [];
      const has_band = at === 0 && points.some(({ low, status }) => low !== null && status !== "unknown");
      return [
        {
          name: at === 0 ? main.name : beside.name,
          points: line,
          is_dashed: at === 1,
          band: has_band ? bandOf(points, data!.step_s) : undefined,
        },
      ];
    });
  return (
    <Card title={title} about={about} is_wide>
      <div ref={frame}>
        {rule !== undefined && <p class="monitoring-normal">{limitSentence(rule, showing)}</p>}
        <Answered answer={readings} height={240} is_empty={({ readings: all }) => ownOf(all, main.metric).length === 0} empty={fills}>
          {({ readings: all }) => {
            const [own, others] = [ownOf(all, main.metric), ownOf(all, beside.metric)];
            const known = own.filter(({ status }) => status !== "unknown");
            return (
              <>
                {curves.map(({ answer: { error, ask } }, at) => error && <Failed key={at} error={error} again={ask} />)}
                <div class="monitoring-pairs">
                  {known.map((reading) => {
                    const other = others.find(({ subject }) => subject === reading.subject);
                    const lines = linesOf(reading.subject);
                    return (
                      <section key={reading.subject} aria-label={`${title}: ${reading.subject}`}>
                        <h3>{reading.subject}</h3>
                        <p class="monitoring-pair">
                          <ReadingState status={reading.status} rule={rule}>
                            {main.name} <strong class="number">{showing(reading.value)}</strong>
                            {reading.low !== null && reading.high !== null && (
                              <span class="number">
                                ({showing(reading.low)} to {showing(reading.high)})
                              </span>
                            )}
                          </ReadingState>{" "}
                          <span class="quiet number">
                            {beside.name} {other?.status === "unknown" ? "not known" : showing(other?.value)}
                            {reading.n === null ? "" : `, n ${reading.n}`}
                          </span>
                        </p>
                        {!is_seen ? (
                          <Unasked height={170} />
                        ) : (
                          lines.length > 0 && (
                            <SeriesChart
                              label={`${title}, ${reading.subject}: the last ${textOfRange(chosenRange())}.`}
                              height={170}
                              lines={lines}
                              limits={rule === undefined ? [] : limitLines(rule)}
                              show={showing}
                              window={curves[0]!.window}
                              is_free={is_free}
                            />
                          )
                        )}
                      </section>
                    );
                  })}
                </div>
                {unknownReasons(own).map(({ reason, subjects }) => (
                  <p key={reason} class="monitoring-unknown">
                    <State state="unknown">not known</State> {reason} ({subjects.join(", ")}). {fills}
                  </p>
                ))}
                <TableBelow>
                  <h3>{main.name}</h3>
                  <PanelTable caption={`${title}: ${main.name}`} readings={own} show={showing} rule={rule} />
                  <h3>{beside.name}</h3>
                  <PanelTable caption={`${title}: ${beside.name}`} readings={others} show={showing} />
                </TableBelow>
              </>
            );
          }}
        </Answered>
      </div>
    </Card>
  );
}
