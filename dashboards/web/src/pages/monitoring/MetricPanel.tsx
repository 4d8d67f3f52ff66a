import type { ComponentChildren } from "preact";
import { Empty } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { hasValue } from "./lineData.ts";
import { Runbook } from "./Runbook.tsx";
import type { Show } from "./readingForm.ts";
import { type Line, SeriesChart } from "./SeriesChart.tsx";

/** Where a figure of GET /metrics comes from, and since when it counts. */
export type Counted = "now" | "since the store began";

export interface MetricFigure {
  readonly name: string;
  /** Null: it is absent, which is not 0. */
  readonly value: number | null;
  readonly show: Show;
}

/** A panel of what GET /metrics tells: figures, a table of them by something, and the curve of what was seen while this page was open. */
export function MetricPanel({
  title,
  about,
  alert,
  counted,
  figures,
  empty,
  lines,
  show,
  children,
}: {
  readonly title: string;
  readonly about: ComponentChildren;
  /** The alert that fires beyond this panel's limit, where Prometheus runs. */
  readonly alert?: string;
  readonly counted: Counted;
  readonly figures: readonly MetricFigure[];
  /** How it fills. */
  readonly empty: string;
  readonly lines?: readonly Line[];
  /** Of the curve's values. */
  readonly show?: Show;
  readonly children?: ComponentChildren;
}) {
  const known = figures.filter(({ value }) => value !== null);
  const drawn = (lines ?? []).filter(({ points }) => hasValue(points));
  const moments = [...new Set(drawn.flatMap(({ points }) => points.map(([at]) => at)))];
  return (
    <Card title={title} about={about}>
      <p class="monitoring-normal">
        {counted === "now" ? "As it is now." : "Counted since this store began."}{" "}
        {alert !== undefined && (
          <>
            Beyond its limit <Runbook alert={alert} /> fires, where Prometheus runs with the rules of dashboards/prometheus.
          </>
        )}
      </p>
      {known.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <div class="figures">
          {known.map(({ name, value, show: showing }) => (
            <Figure key={name} name={name}>
              {showing(value)}
            </Figure>
          ))}
        </div>
      )}
      {children}
      {lines !== undefined &&
        (drawn.length === 0 || moments.length < 2 ? (
          <p class="about">The curve grows while this page is open: a point every 30 seconds in which there was something to count.</p>
        ) : (
          <SeriesChart
            label={`${title}, since this page was opened.`}
            height={190}
            lines={drawn}
            show={show ?? String}
            window={{ from: Math.min(...moments), to: Math.max(...moments) }}
          >
            <Table
              caption={`${title}, since this page was opened`}
              rows={drawn}
              keyOf={({ name }) => name}
              columns={[
                { name: "of", show: ({ name }) => name, is_head: true },
                {
                  name: "newest",
                  show: ({ points }) => (show ?? String)(points.findLast(([, value]) => value !== null)?.[1]),
                  is_number: true,
                },
                {
                  name: "largest",
                  show: ({ points }) => (show ?? String)(Math.max(...points.flatMap(([, value]) => (value === null ? [] : [value])))),
                  is_number: true,
                },
              ]}
            />
          </SeriesChart>
        ))}
    </Card>
  );
}
