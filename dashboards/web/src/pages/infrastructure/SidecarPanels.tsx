import type { VNode } from "preact";
import { numberOf } from "../../format/number.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { PanelRow } from "../monitoring/MonitoringPage.tsx";
import { gaugeValue, samplesOf, sumsBy } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { showBytes, showShare } from "../monitoring/readingForm.ts";
import { useMetrics } from "../monitoring/useMetrics.ts";
import { samplesBySidecar } from "./samplesBySidecar.ts";

/** What trains and reads: its GPU, its memory, and its work. */
export function SidecarPanels() {
  const sidecar = useMetrics("sidecar");
  return (
    <PanelRow title="Sidecar">
      <Card
        title="GPU: utilisation and memory"
        about="Share of the last second in which the GPU worked, and its memory in use by any process, by nvidia-smi."
      >
        <Answered answer={sidecar} height={120}>
          {({ samples }) => <EachSidecar samples={samples}>{(own) => <Gpus samples={own} />}</EachSidecar>}
        </Answered>
      </Card>
      <Card
        title="Memory of the sidecar"
        about="Resident, of its own process: those that train and read come and go. A Worker cannot tell its own."
      >
        <Answered
          answer={sidecar}
          height={80}
          is_empty={({ samples }) => gaugeValue(samples, "process_resident_memory_bytes") === null}
          empty="The sidecar does not tell it."
        >
          {({ samples }) => <EachSidecar samples={samples}>{(own) => <Memory samples={own} />}</EachSidecar>}
        </Answered>
      </Card>
      <Card
        title="Jobs and articles"
        about="Training jobs that it keeps, by state, and articles that wait for the model or are being read by it."
      >
        <Answered answer={sidecar} height={80}>
          {({ samples }) => <EachSidecar samples={samples}>{(own) => <Work samples={own} />}</EachSidecar>}
        </Answered>
      </Card>
      <ReadingPanel
        check="infrastructure"
        metric="can_train"
        kind="history"
        title="Can train"
        about="Whether XGBoost's library is there and can train, as the monitoring found it."
      />
      <ReadingPanel
        check="infrastructure"
        metric="reads_news_as_configured"
        kind="history"
        title="Reads news as configured"
        about="Whether the model that is configured reads the news, or none is and the lexicon is meant to."
      />
    </PanelRow>
  );
}

/** Of several sidecars each under its name; of the only one as it is. */
function EachSidecar({ samples, children }: { readonly samples: readonly Sample[]; readonly children: (own: readonly Sample[]) => VNode }) {
  const told = samplesBySidecar(samples);
  if (told === null) return children(samples);
  return (
    <>
      {told.map(({ name, is_up, own }) => (
        <section key={name} aria-label={`Sidecar ${name}`}>
          <h3>{name}</h3>
          {is_up ? children(own) : <State tone="bad">does not answer</State>}
        </section>
      ))}
    </>
  );
}

function Memory({ samples }: { readonly samples: readonly Sample[] }) {
  const started = gaugeValue(samples, "process_start_time_seconds");
  return (
    <div class="figures">
      <Figure name="resident">{showBytes(gaugeValue(samples, "process_resident_memory_bytes"))}</Figure>
      <Figure name="processor time">{numberOf(gaugeValue(samples, "process_cpu_seconds_total"), { digits: 0, unit: "s" })}</Figure>
      <Figure name="started">
        <Time at={started === null ? null : started * 1_000} with_age />
      </Figure>
    </div>
  );
}

const GPU = "fx_sidecar_gpu_";

function Gpus({ samples }: { readonly samples: readonly Sample[] }) {
  const gpus = samplesOf(samples, `${GPU}memory_size_bytes`).concat(samplesOf(samples, `${GPU}utilization_ratio`));
  const named = [...new Map(gpus.map(({ labels }) => [labels["gpu"] ?? "", labels["name"] ?? ""]))];
  if (named.length === 0)
    return (
      <p>
        <State tone="none">no GPU here</State> The sidecar finds none (nvidia-smi): it trains and reads on the processor. That is not 0 %.
      </p>
    );
  return (
    <Table
      caption="GPUs"
      rows={named}
      keyOf={([gpu]) => gpu}
      columns={[
        { name: "GPU", show: ([gpu, name]) => `${gpu} ${name}`, is_head: true },
        { name: "works", show: ([gpu]) => showShare(gaugeValue(samples, `${GPU}utilization_ratio`, { gpu })), is_number: true },
        { name: "memory in use", show: ([gpu]) => showBytes(gaugeValue(samples, `${GPU}memory_used_bytes`, { gpu })), is_number: true },
        { name: "memory", show: ([gpu]) => showBytes(gaugeValue(samples, `${GPU}memory_size_bytes`, { gpu })), is_number: true },
      ]}
    />
  );
}

function Work({ samples }: { readonly samples: readonly Sample[] }) {
  const rows = [
    ...[...sumsBy(samples, "fx_sidecar_jobs", "state")].map(([state, value]) => ({ what: "training jobs", state, value })),
    ...[...sumsBy(samples, "fx_sidecar_articles", "state")].map(([state, value]) => ({ what: "articles", state, value })),
  ];
  const reader = samplesOf(samples, "fx_sidecar_reader_info")[0]?.labels["engine"];
  return (
    <>
      <p class="monitoring-normal">The news is read by {reader ?? "nobody"}.</p>
      <Table
        caption="Work of the sidecar"
        rows={rows}
        keyOf={({ what, state }) => `${what}/${state}`}
        empty="The sidecar has no work."
        columns={[
          { name: "what", show: ({ what }) => what, is_head: true },
          { name: "state", show: ({ state }) => state },
          { name: "how many", show: ({ value }) => numberOf(value, { digits: 0 }), is_number: true },
        ]}
      />
    </>
  );
}
