import { useCallback } from "preact/hooks";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { FeatureLink } from "../features/FeatureLink.tsx";
import { featureOf } from "../monitoring/heatmapCells.ts";
import { psiBands } from "../monitoring/psiBands.ts";
import { showOf } from "../monitoring/readingForm.ts";
import { ofPair, pairOf, type Reading } from "../monitoring/readings.ts";
import { useReadings, useRule } from "../monitoring/useReadings.ts";
import "./quality.css";

const MAX_BARS = 20;
const MAX_TABLE = 60;
const show = showOf("PSI");

/** How far each feature's distribution has moved from training: how many features lie in each band, and the farthest by name with their n. */
export function DriftHistogram() {
  const readings = useReadings("features", "psi");
  const rule = useRule("features", "psi");
  const known = (all: readonly Reading[]) =>
    ofPair(all, instrument.value, instruments.value)
      .filter(({ status, value }) => status !== "unknown" && value !== null)
      .toSorted((one, other) => other.value! - one.value!);
  return (
    <Card
      title="Drift of each feature (PSI)"
      about="Population stability index of four weeks of each feature over its training set's deciles: 0 is no drift, and by convention 0.1 is moderate and 0.25 large, though one of eighty features is always far off. Volatility has regimes longer than four weeks. They are judged together, in the two panels below."
      is_wide
    >
      <Answered
        answer={readings}
        height={300}
        is_empty={({ readings: all }) => known(all).length === 0}
        empty="Nothing is measured yet: features are compared in the first run of an hour, once a model is in Production and has two weeks of rows."
      >
        {({ readings: all, has_more }) => {
          const own = known(all);
          return (
            <>
              {has_more && <p class="about">There are more features than one answer holds: choose a pair to see all of its own.</p>}
              <div class="quality-drift">
                <Bands own={own} />
                <Farthest own={own.slice(0, MAX_BARS)} />
              </div>
              <details class="chart-table">
                <summary>As a table</summary>
                <Table
                  caption="Drift by feature"
                  rows={own.slice(0, MAX_TABLE)}
                  keyOf={({ subject }) => subject}
                  columns={[
                    {
                      name: "feature",
                      show: ({ subject }) => (
                        <FeatureLink feature={featureOf(subject)} instrument={pairOf(subject, instruments.value) ?? undefined}>
                          {subject}
                        </FeatureLink>
                      ),
                      is_head: true,
                    },
                    { name: "PSI", show: ({ value }) => show(value), is_number: true },
                    { name: "PSI without drift", show: ({ details }) => show(numberIn(details, "psi_without_drift")), is_number: true },
                    { name: "KL divergence (nats)", show: ({ details }) => showOf("nats")(numberIn(details, "kl")), is_number: true },
                    { name: "n", show: ({ n }) => n ?? "–", is_number: true },
                  ]}
                />
                {own.length > MAX_TABLE && (
                  <p class="about">
                    {amountOf(own.length - MAX_TABLE, "feature that has drifted less is", "features that have drifted less are")} not
                    listed.
                  </p>
                )}
                {rule !== undefined && <p class="about">{rule.reason}</p>}
              </details>
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function numberIn(details: Reading["details"], name: string): number | null {
  const value = details[name];
  return typeof value === "number" ? value : null;
}

/** The histogram: a bar a band, of each pair on top of each other. */
function Bands({ own }: { readonly own: readonly Reading[] }) {
  const pairs = instruments.value.filter((pair) => own.some(({ subject }) => pairOf(subject, instruments.value) === pair));
  const of = pairs.map((pair) => ({
    pair,
    bands: psiBands(own.filter(({ subject }) => pairOf(subject, instruments.value) === pair).map(({ value }) => value!)),
  }));
  const said = JSON.stringify(of);
  const option = useCallback(
    (colours: ChartColours) => ({
      grid: { left: 8, right: 12, top: 28, bottom: of.length > 1 ? 34 : 8, containLabel: true },
      ...(of.length > 1 ? { legend: { type: "scroll", bottom: 0, textStyle: { color: colours.text } } } : {}),
      xAxis: {
        type: "category",
        data: psiBands([]).map(({ name }) => name),
        axisLabel: { color: colours.quiet, interval: 0, fontSize: 10 },
      },
      yAxis: {
        ...{ type: "value", name: "features", minInterval: 1, nameTextStyle: { color: colours.quiet, align: "left" } },
        axisLabel: { color: colours.quiet },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: of.map(({ pair, bands }) => ({ type: "bar", stack: "pairs", name: pair, data: bands.map(({ count }) => count) })),
    }),
    [said],
  );
  const total = psiBands(own.map(({ value }) => value!));
  return (
    <div>
      <h3>How many features lie in each band of PSI</h3>
      <Chart
        label={`Histogram of PSI: ${total.map(({ name, count }) => `${count} of ${name}`).join(", ")}.`}
        height={320}
        option={option}
      />
    </div>
  );
}

/** The features that have moved most; the mark in each bar is what chance alone makes of as many rows. */
function Farthest({ own }: { readonly own: readonly Reading[] }) {
  const names = own.map(({ subject }) => (instrument.value === "" ? subject : featureOf(subject)));
  const said = JSON.stringify([names, own.map(({ value, n }) => [value, n])]);
  const option = useCallback(
    (colours: ChartColours) => ({
      grid: { left: 8, right: 70, top: 8, bottom: 8, containLabel: true },
      tooltip: {
        formatter: ([{ dataIndex }]: readonly [{ readonly dataIndex: number }]) => {
          const { value, n, details } = own[dataIndex]!;
          return `${names[dataIndex]}: ${show(value)} on ${amountOf(n, "row")} (without drift: ${show(numberIn(details, "psi_without_drift"))})`;
        },
      },
      xAxis: { type: "value", axisLabel: { color: colours.quiet }, splitLine: { lineStyle: { color: colours.line } } },
      yAxis: {
        type: "category",
        inverse: true,
        data: names,
        axisLabel: { color: colours.text, width: 210, overflow: "truncate", interval: 0 },
      },
      series: [
        {
          ...{ type: "bar", data: own.map(({ value }) => value) },
          label: {
            ...{ show: true, position: "right", color: colours.quiet, fontSize: 11 },
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => `${show(own[dataIndex]!.value)}, n ${own[dataIndex]!.n}`,
          },
        },
      ],
    }),
    [said],
  );
  return (
    <div>
      <h3>The {byCount(own.length, "feature that has", `${own.length} features that have`)} moved most</h3>
      <Chart
        label={`The features that have drifted most: ${names.slice(0, 3).join(", ")}. The figures are in the table.`}
        height={40 + 19 * own.length}
        option={option}
      />
    </div>
  );
}
