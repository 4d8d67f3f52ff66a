import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Unasked } from "../../ui/Unasked.tsx";
import { chosenRange } from "./chosenRange.ts";
import { HistoryChart } from "./HistoryChart.tsx";
import { limitLines, limitSentence } from "./limits.ts";
import { hasValue, lineOf } from "./lineData.ts";
import { NowValues } from "./NowValues.tsx";
import { PanelTable } from "./PanelTable.tsx";
import { textOfRange } from "./ranges.ts";
import { isCount, type Show, showOf } from "./readingForm.ts";
import { ofPair, type Reading } from "./readings.ts";
import { SeriesChart } from "./SeriesChart.tsx";
import { type Check, useReadings, useRule } from "./useReadings.ts";
import { useSeen } from "./useSeen.ts";
import { useSeries } from "./useSeries.ts";

export interface ReadingPanelProps {
  readonly check: Check;
  readonly metric: string;
  readonly title: string;
  /** What it means. */
  readonly about: ComponentChildren;
  /** What makes the first reading, where it is more than a run of the monitoring. */
  readonly fills?: string;
  /** Curves, or what became of each reading. */
  readonly kind?: "lines" | "history";
  /** In place of what the unit asks for. */
  readonly show?: Show;
  /** The axis need not hold 0. */
  readonly is_free?: boolean;
  /** Only these subjects, as of a metric that components share. */
  readonly takes?: (subject: string) => boolean;
}

/** One metric of the monitoring: what it means, what is normal, the newest values, their curve, and all as a table. */
export function ReadingPanel({ check, metric, title, about, fills, show, takes = () => true, ...drawn }: ReadingPanelProps) {
  const frame = useRef<HTMLDivElement>(null);
  const is_seen = useSeen(frame);
  const readings = useReadings(check);
  const rule = useRule(check, metric);
  const showing = show ?? showOf(rule?.unit);
  const ownOf = (all: readonly Reading[]) =>
    ofPair(
      all.filter((one) => one.metric === metric && takes(one.subject)),
      instrument.value,
      instruments.value,
    );
  return (
    <Card title={title} about={about}>
      <div ref={frame} class="monitoring-panel">
        {rule !== undefined && <p class="monitoring-normal">{limitSentence(rule, showing)}</p>}
        <Answered
          answer={readings}
          height={240}
          is_empty={({ readings: all }) => ownOf(all).length === 0}
          empty={fills ?? "Nothing is measured yet: the pipeline monitoring measures every 15 minutes."}
        >
          {({ readings: all }) => {
            const own = ownOf(all);
            const table = <PanelTable caption={title} readings={own} show={showing} rule={rule} />;
            return (
              <>
                <NowValues readings={own} show={showing} rule={rule} />
                <Curve {...{ check, metric, title, takes, table, is_seen, show: showing, ...drawn }} />
              </>
            );
          }}
        </Answered>
      </div>
    </Card>
  );
}

function Curve({
  check,
  metric,
  title,
  takes,
  table,
  is_seen,
  show,
  kind = "lines",
  is_free = false,
}: Required<Pick<ReadingPanelProps, "check" | "metric" | "title" | "takes" | "show">> &
  Pick<ReadingPanelProps, "kind" | "is_free"> & { readonly table: ComponentChildren; readonly is_seen: boolean }) {
  const { answer, window } = useSeries({ check, metric, is_wanted: is_seen });
  const rule = useRule(check, metric);
  const range = textOfRange(chosenRange());
  if (!is_seen) return <Unasked height={210} />;
  return (
    <Answered answer={answer} height={210}>
      {({ series, has_more, step_s }) => {
        const own = ofPair(
          series.filter(({ subject }) => takes(subject)),
          instrument.value,
          instruments.value,
        );
        const lines = own
          .map(({ subject, points }) => ({ name: subject || "all", points: lineOf(points, step_s) }))
          .filter(({ points }) => hasValue(points));
        const label = `${title}: the last ${range}, ${own.length} series. The figures are in the table.`;
        return (
          <>
            {has_more && (
              <p class="about">There is more than one answer holds: the end of the span is not shown. Choose a pair, or a shorter span.</p>
            )}
            {kind === "history" ? (
              <HistoryChart label={label} rows={own.map(({ subject, points }) => ({ name: subject, points }))} window={window} show={show}>
                {table}
              </HistoryChart>
            ) : lines.length === 0 ? (
              <TableBelow>{table}</TableBelow>
            ) : (
              <SeriesChart
                label={label}
                lines={lines}
                limits={rule === undefined ? [] : limitLines(rule)}
                show={show}
                window={window}
                is_free={is_free}
                is_whole={isCount(rule?.unit)}
              >
                {table}
              </SeriesChart>
            )}
          </>
        );
      }}
    </Answered>
  );
}

/** Where there is no curve to draw. */
export function TableBelow({ children }: { readonly children: ComponentChildren }) {
  return (
    <details class="chart-table">
      <summary>As a table</summary>
      {children}
    </details>
  );
}
