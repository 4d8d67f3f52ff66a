import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Estimate } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Tone } from "../../ui/tone.ts";
import { BesideBaseline } from "./BesideBaseline.tsx";
import { MOST_RUNS } from "./chosenRuns.ts";
import { bestBaseline, estimateOf, type Hours, metricName, metricsOf, pairsOf, type Run } from "./runFacts.ts";
import type { RunField, RunOrder } from "./runOrder.ts";
import { SortButton } from "./SortButton.tsx";

const TONES: Readonly<Record<string, Tone>> = { FINISHED: "good", FAILED: "bad", KILLED: "bad", RUNNING: "run", SCHEDULED: "wait" };

/** Runs with what they are worth; a box each to choose them for the comparison. */
export function RunsTable({
  runs,
  hours,
  order,
  picked,
  onOrder,
  onPick,
}: {
  readonly runs: readonly Run[];
  readonly hours: Hours;
  readonly order: RunOrder;
  readonly picked: readonly string[];
  readonly onOrder: (order: RunOrder) => void;
  readonly onPick: (run_id: string) => void;
}) {
  const versions = useAnswer("GET /api/2.0/mlflow/model-versions/search", {
    query: { filter: `run_id IN (${runs.map(({ info }) => `'${info.run_id}'`).join(", ")})` },
  });
  const sorted = (field: RunField, text: string) => <SortButton field={field} text={text} order={order} onOrder={onOrder} />;
  const is_full = picked.length >= MOST_RUNS;
  return (
    <Table
      caption="Runs"
      rows={runs}
      keyOf={({ info }) => info.run_id}
      rowClass={({ info }) => (picked.includes(info.run_id) ? "models-picked" : undefined)}
      columns={[
        {
          name: <span class="unseen">compare</span>,
          show: ({ info }) => (
            <input
              type="checkbox"
              aria-label={`Compare ${info.run_name}`}
              checked={picked.includes(info.run_id)}
              disabled={is_full && !picked.includes(info.run_id)}
              onChange={() => onPick(info.run_id)}
            />
          ),
        },
        {
          name: sorted("name", "run"),
          is_head: true,
          show: ({ info }) => (
            <span class="models-run" title={info.run_id}>
              {info.run_name}
            </span>
          ),
        },
        { name: sorted("started", "started"), show: ({ info }) => <Time at={info.start_time} /> },
        {
          name: sorted("status", "state"),
          show: ({ info }) => <State tone={TONES[info.status] ?? "none"}>{info.status.toLowerCase()}</State>,
        },
        { name: sorted("profile", "profile"), show: ({ data }) => pairsOf(data.params).get("profile") ?? <span class="missing">–</span> },
        {
          name: "version",
          show: ({ info }) => {
            if (versions.data === undefined) return <span class="missing">not known</span>;
            const version = versions.data.model_versions.find(({ run_id }) => run_id === info.run_id);
            if (!version) return <span class="missing">–</span>;
            return (
              <>
                <a href={hrefOf("models", [version.name, version.version])}>
                  {version.name}/{version.version}
                </a>{" "}
                <span class="quiet">{version.current_stage}</span>
              </>
            );
          },
        },
        {
          name: sorted("accuracy", "accuracy, and the best baseline's"),
          is_number: true,
          show: (run) => (
            <>
              <Estimate of={estimateOf(metricsOf(run), metricName(hours, "accuracy"))} is_share />
              <BesideBaseline of={bestBaseline(metricsOf(run), hours)} />
            </>
          ),
        },
        {
          name: sorted("log_loss", "log loss, nats"),
          is_number: true,
          show: (run) => <Estimate of={estimateOf(metricsOf(run), metricName(hours, "log_loss"))} form={{ digits: 4 }} />,
        },
        {
          name: sorted("net_bp", "a trade, net"),
          is_number: true,
          show: (run) => (
            <Estimate of={estimateOf(metricsOf(run), metricName(hours, "net_bp"))} form={{ digits: 2, is_signed: true, unit: "bp" }} />
          ),
        },
      ]}
    />
  );
}
