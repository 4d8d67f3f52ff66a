import { numberOf } from "../../format/number.ts";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { MetricPanel } from "../monitoring/MetricPanel.tsx";
import { PanelRow } from "../monitoring/MonitoringPage.tsx";
import { curveOf } from "../monitoring/metricsHistory.ts";
import { gaugeValue } from "../monitoring/metricValues.ts";
import { showBytes, showSeconds } from "../monitoring/readingForm.ts";
import { quantileCurves, quantileFigures } from "./quantiles.ts";
import type { Told } from "./told.ts";

/** Where everything is kept: how fast it answers, and how large it is. */
export function StorePanels({ answer, told }: Told) {
  const samples = answer.data?.samples ?? [];
  return (
    <PanelRow title="Stores">
      <MetricPanel
        title="Latency of the online store"
        about="Reads of KV that an isolate's memory did not answer: those that it did cost nothing and are not counted."
        alert="OnlineStoreSlow"
        counted="since the store began"
        figures={[
          ...quantileFigures(samples, "fx_online_read_duration_seconds"),
          {
            name: "reads",
            value: gaugeValue(samples, "fx_online_read_duration_seconds_count"),
            show: (value) => numberOf(value, { digits: 0 }),
          },
        ]}
        empty="Nothing was read from it yet: the first prediction does."
        lines={quantileCurves(told, "fx_online_read_duration_seconds")}
        show={showSeconds}
      />
      <MetricPanel
        title="Latency of the database"
        about="What libSQL's answer to an empty question took, each time that this page asked."
        alert="DatabaseSlow"
        counted="now"
        figures={[{ name: "an empty question", value: gaugeValue(samples, "fx_database_ping_duration_seconds"), show: showSeconds }]}
        empty="The database does not answer: see Components above."
        lines={[{ name: "libSQL", points: curveOf(told, (one) => gaugeValue(one, "fx_database_ping_duration_seconds")) }]}
        show={showSeconds}
      />
      <MetricPanel
        title="Size of the database"
        about="libSQL's file, where it says so. The disk that it lies on is the limit."
        counted="now"
        figures={[{ name: "libSQL", value: gaugeValue(samples, "fx_database_size_bytes"), show: showBytes }]}
        empty="The database does not say how large it is."
        lines={[{ name: "libSQL", points: curveOf(told, (one) => gaugeValue(one, "fx_database_size_bytes")) }]}
        show={showBytes}
      />
      <Card title="Size of KV and R2" about="The online store and the lake.">
        <p>
          <State tone="none">not measured</State> A Worker cannot ask for their size but by listing everything. On Cloudflare its own
          dashboards have it; on one machine they are folders of the store.
        </p>
      </Card>
    </PanelRow>
  );
}
