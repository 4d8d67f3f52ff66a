import { MonitoringPage, PanelRow } from "../monitoring/MonitoringPage.tsx";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { useMetrics, useMetricsHistory } from "../monitoring/useMetrics.ts";
import { Components } from "./Components.tsx";
import { MetricsTold } from "./MetricsTold.tsx";
import { PipelinePanels } from "./PipelinePanels.tsx";
import { RequestPanels } from "./RequestPanels.tsx";
import { SidecarPanels } from "./SidecarPanels.tsx";
import { StorePanels } from "./StorePanels.tsx";

/** Does the machinery answer, how fast, and what does it leave undone? */
export function Page() {
  const worker = useMetrics("worker");
  const told = useMetricsHistory(worker);
  return (
    <MonitoringPage
      page="infrastructure"
      about="Whether the Worker, the sidecar and the database answer, how fast, and what they leave undone. What only GET /metrics tells is shown as it is now and counted since this store began; its curves grow while this page is open."
    >
      <PanelRow title="What answers">
        <Components />
        <ReadingPanel
          check="infrastructure"
          metric="reachable"
          kind="history"
          title="Answers the Worker"
          about="Whether each component answered the runs of the monitoring. Predictions go on without any one of them. Of several sidecars each has a line under its name, and “sidecar” is whether any of them answered."
        />
        <MetricsTold answer={worker} />
      </PanelRow>
      <RequestPanels answer={worker} told={told} />
      <StorePanels answer={worker} told={told} />
      <PipelinePanels answer={worker} told={told} />
      <SidecarPanels />
    </MonitoringPage>
  );
}
