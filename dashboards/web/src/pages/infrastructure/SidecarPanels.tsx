import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { PanelRow } from "../monitoring/MonitoringPage.tsx";
import { gaugeValue } from "../monitoring/metricValues.ts";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { useMetrics } from "../monitoring/useMetrics.ts";
import { SidecarGpus } from "./SidecarGpus.tsx";
import { SidecarMemory } from "./SidecarMemory.tsx";
import { SidecarWork } from "./SidecarWork.tsx";
import { samplesBySidecar } from "./samplesBySidecar.ts";

/** What trains and reads: its GPU, its memory, and its work. */
export function SidecarPanels() {
  const answer = useMetrics("sidecar");
  const are_several = answer.data !== undefined && samplesBySidecar(answer.data.samples).length > 1;
  return (
    <PanelRow title={are_several ? "Sidecars" : "Sidecar"}>
      <Card
        title="GPU: utilisation and memory"
        about="Share of the last second in which the GPU worked, and its memory in use by any process, by nvidia-smi."
      >
        <Answered answer={answer} height={120}>
          {({ samples }) => <SidecarGpus sidecars={samplesBySidecar(samples)} />}
        </Answered>
      </Card>
      <Card
        title={are_several ? "Memory of the sidecars" : "Memory of the sidecar"}
        about="Resident, of its own process: those that train and read come and go. A Worker cannot tell its own."
      >
        <Answered
          answer={answer}
          height={80}
          is_empty={({ samples }) => gaugeValue(samples, "process_resident_memory_bytes") === null}
          empty="The sidecar does not tell it."
        >
          {({ samples }) => <SidecarMemory sidecars={samplesBySidecar(samples)} />}
        </Answered>
      </Card>
      <Card
        title="Jobs and articles"
        about="Training jobs that it keeps, by state, and articles that wait for the model or are being read by it."
        is_wide={are_several}
      >
        <Answered answer={answer} height={80}>
          {({ samples }) => <SidecarWork sidecars={samplesBySidecar(samples)} />}
        </Answered>
      </Card>
      <ReadingPanel
        check="infrastructure"
        metric="can_train"
        kind="history"
        title="Can train"
        about="Whether XGBoost's library is there and can train, as the monitoring found it. Of several sidecars: whether any of them can."
      />
      <ReadingPanel
        check="infrastructure"
        metric="reads_news_as_configured"
        kind="history"
        title="Reads news as configured"
        about="Whether the model that is configured reads the news, or none is and the lexicon is meant to. Of several sidecars: whether any of them does."
      />
    </PanelRow>
  );
}
