import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { ask } from "../../api/ask.ts";
import { AskError } from "../../api/askError.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { setQuery } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { baselineName } from "../../ui/baselineName.ts";
import { Card } from "../../ui/Card.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { toggledRun } from "./chosenRuns.ts";
import { type ComparedFigure, comparedFigures } from "./comparedFigures.ts";
import { differingParams, type ParamRow } from "./differingParams.ts";
import { estimateOf, HOURS_TEXT, type Hours, metricsOf, pairsOf, type Run } from "./runFacts.ts";

/** Chosen runs as columns: parameters, those that differ first and marked, then figures with their intervals and the baselines below. */
export function Comparison({ run_ids, hours }: { readonly run_ids: readonly string[]; readonly hours: Hours }) {
  const answer = useQuery(["runs side by side", ...run_ids], (signal) => Promise.all(run_ids.map((run_id) => runOf(run_id, signal))), {
    refresh_ms: null,
  });
  return (
    <Card
      title={`${amountOf(run_ids.length, "run")} side by side`}
      about="Runs of different pairs or spans are judged on different rows: their figures do not tell which is better. Parameters that differ have a ≠ before them."
      is_wide
      actions={
        <button type="button" class="button button-small" onClick={() => setQuery({ runs: null }, { replace: true })}>
          Choose none
        </button>
      }
    >
      <Answered answer={answer} height={300}>
        {(found) => {
          const runs = found.filter((run) => run !== null);
          const lost = run_ids.filter((_, index) => found[index] === null);
          return (
            <>
              {lost.map((run_id) => (
                <p key={run_id} class="models-lost">
                  There is no run <code>{run_id}</code> (any more).{" "}
                  <button type="button" class="button button-small" onClick={() => drop(run_ids, run_id)}>
                    Leave it out
                  </button>
                </p>
              ))}
              {runs.length > 0 && <SideBySide runs={runs} hours={hours} run_ids={run_ids} />}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

async function runOf(run_id: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return (await ask("GET /api/2.0/mlflow/runs/get", { query: { run_id } }, signal)).run;
  } catch (error) {
    if (error instanceof AskError && error.status === 404) return null;
    throw error;
  }
}

function drop(run_ids: readonly string[], run_id: string): void {
  setQuery({ runs: toggledRun(run_ids, run_id) }, { replace: true });
}

interface Sided {
  readonly runs: readonly Run[];
  readonly hours: Hours;
  readonly run_ids: readonly string[];
}

function SideBySide({ runs, hours, run_ids }: Sided) {
  const params = differingParams(runs.map(({ data }) => pairsOf(data.params)));
  const metrics = runs.map(metricsOf);
  const heads = runs.map((run, index) => (
    <span key={run.info.run_id} class="models-run-head">
      {index + 1}. {run.info.run_name}
      <br />
      <Time at={run.info.start_time} />
      <br />
      <button type="button" class="button button-small" onClick={() => drop(run_ids, run.info.run_id)}>
        Leave out
      </button>
    </span>
  ));
  const columns: Columns = <Row,>(first: Column<Row>, cell: (row: Row, index: number) => ComponentChildren): Column<Row>[] => [
    first,
    ...heads.map((name, index): Column<Row> => ({ name, is_number: true, show: (row) => cell(row, index) })),
  ];
  const [differing, alike] = [params.filter(({ differs }) => differs), params.filter(({ differs }) => !differs)];
  return (
    <div class="models-sided">
      <h3>Parameters</h3>
      {params.length === 0 && <p>None of these runs logged parameters.</p>}
      {differing.length > 0 && <Params caption="Parameters that differ" rows={differing} columns={columns} />}
      {alike.length > 0 && (
        <details class="chart-table" open={runs.length === 1}>
          <summary>{runs.length === 1 ? `All ${alike.length}` : `${alike.length} in which the runs are alike`}</summary>
          <Params caption="Parameters that are alike" rows={alike} columns={columns} />
        </details>
      )}
      <h3>Figures, {HOURS_TEXT[hours]}</h3>
      <Table
        caption={`Figures of the chosen runs, ${HOURS_TEXT[hours]}`}
        rows={comparedFigures(hours).filter(({ name }) => metrics.some((of) => of.has(name)))}
        keyOf={({ name }) => name}
        rowClass={({ is_own }) => (is_own ? undefined : "models-baseline")}
        empty="None of these runs has the figures that model_training logs; what they logged is below."
        columns={columns<ComparedFigure>(
          { name: "figure", is_head: true, show: ({ text, is_own }) => (is_own ? text : <span title={baselineName(text)}>{text}</span>) },
          (figure, index) => <MetricCell figure={figure} metrics={metrics[index]!} />,
        )}
      />
      <EveryMetric metrics={metrics} columns={columns} />
    </div>
  );
}

type Columns = <Row>(first: Column<Row>, cell: (row: Row, index: number) => ComponentChildren) => Column<Row>[];

function Params({ caption, rows, columns }: { readonly caption: string; readonly rows: readonly ParamRow[]; readonly columns: Columns }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ name }) => name}
      rowClass={({ differs }) => (differs ? "models-differs" : undefined)}
      columns={columns<ParamRow>(
        { name: "parameter", is_head: true, show: ({ name, differs }) => `${differs ? "≠ " : ""}${name}` },
        ({ values }, index) => values[index] ?? <span class="missing">none</span>,
      )}
    />
  );
}

function MetricCell({
  figure: { name, form, is_share },
  metrics,
}: {
  readonly figure: ComparedFigure;
  readonly metrics: ReadonlyMap<string, number>;
}) {
  const estimate = estimateOf(metrics, name);
  if (estimate !== null) return <Estimate of={estimate} form={form} is_share={is_share} />;
  return <>{is_share ? percentOf(metrics.get(name)) : numberOf(metrics.get(name), form)}</>;
}

/** The rest of what was logged, drawn when it is opened. */
function EveryMetric({ metrics, columns }: { readonly metrics: readonly ReadonlyMap<string, number>[]; readonly columns: Columns }) {
  const [is_open, setOpen] = useState(false);
  const names = [...new Set(metrics.flatMap((of) => [...of.keys()]))].toSorted();
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{byCount(names.length, "The metric that was", `All ${names.length} metrics that were`)} logged</summary>
      {is_open && (
        <Table
          caption="All metrics of the chosen runs"
          rows={names}
          keyOf={(name) => name}
          columns={columns<string>({ name: "metric", is_head: true, show: (name) => name }, (name, index) =>
            numberOf(metrics[index]!.get(name), { digits: 5 }),
          )}
        />
      )}
    </details>
  );
}
