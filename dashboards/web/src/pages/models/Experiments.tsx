import { byCount } from "../../../../../shared/domain/byCount.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf, place, setQuery } from "../../state/address.ts";
import { chosen, instrument } from "../../state/choices.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice, Switch } from "../../ui/Choice.tsx";
import { Comparison } from "./Comparison.tsx";
import { chosenRuns, MOST_RUNS, toggledRun } from "./chosenRuns.ts";
import { RunsTable } from "./RunsTable.tsx";
import { HOURS, HOURS_TEXT, type Hours } from "./runFacts.ts";
import { orderBy, RUN_ORDERS, type RunOrder } from "./runOrder.ts";

const RUNS_A_PAGE = 25;
const MINUTE = 60_000;

/** Experiments with their runs, and those that were chosen side by side. */
export function Experiments() {
  const experiments = useAnswer("POST /api/2.0/mlflow/experiments/search", { body: { max_results: 1_000 } }, { refresh_ms: 5 * MINUTE });
  const known = experiments.data?.experiments ?? [];
  const experiment = chosen("experiment", experiments.data === undefined ? null : known.map(({ experiment_id }) => experiment_id), "");
  const hours = chosen<Hours>("hours", HOURS, "outside_rollover");
  const order = chosen<RunOrder>("sort", RUN_ORDERS, "-started");
  const page_token = place.value.query.get("page");
  const { runs: picked, left_out } = chosenRuns(place.value.query.get("runs"));
  if (left_out > 0)
    notices.warn(
      "query-runs",
      `${left_out} of the runs that the address names ${byCount(left_out, "is", "are")} left out: at most ${MOST_RUNS} are compared, each by its id of 32 hexadecimal digits.`,
    );
  const asked = experiment === "" ? known.map(({ experiment_id }) => experiment_id) : [experiment];
  const runs = useAnswer(
    "POST /api/2.0/mlflow/runs/search",
    {
      body: {
        experiment_ids: asked,
        max_results: RUNS_A_PAGE,
        order_by: [orderBy(order, hours)],
        ...(instrument.value === "" ? {} : { filter: `tags.instrument = '${instrument.value}'` }),
        ...(page_token === null ? {} : { page_token }),
      },
    },
    { refresh_ms: 2 * MINUTE, is_wanted: asked.length > 0 },
  );
  return (
    <>
      <Card
        title="Experiments and their runs"
        about={`A run is one training, with its parameters and what was measured of it. Choose up to ${MOST_RUNS} to see them side by side.`}
        is_wide
        actions={
          <>
            <Choice
              label="Experiment"
              value={experiment}
              options={[{ value: "", text: "all" }, ...known.map(({ experiment_id, name }) => ({ value: experiment_id, text: name }))]}
              onChoose={(value) => setQuery({ experiment: value === "" ? null : value, page: null })}
            />
            <Switch
              label="Hours that figures are of"
              value={hours}
              options={HOURS.map((value) => ({ value, text: HOURS_TEXT[value] }))}
              onChoose={(value) => setQuery({ hours: value === "outside_rollover" ? null : value, page: null }, { replace: true })}
            />
          </>
        }
      >
        <Answered
          answer={known.length === 0 ? { ...experiments, data: experiments.data && { runs: [] as never[] } } : runs}
          height={240}
          is_empty={({ runs: rows }) => rows.length === 0}
          empty={
            page_token === null
              ? "No run here yet. model_training makes one for each pair every day; clients of MLflow log their own."
              : "There is nothing behind this page of the list."
          }
        >
          {({ runs: rows, ...more }) => (
            <>
              <RunsTable
                runs={rows}
                hours={hours}
                order={order}
                picked={picked}
                onOrder={(next) => setQuery({ sort: next === "-started" ? null : next, page: null }, { replace: true })}
                onPick={(run_id) => setQuery({ runs: toggledRun(picked, run_id) }, { replace: true })}
              />
              <p class="models-pages">
                {page_token !== null && (
                  <button type="button" class="button button-small" onClick={() => setQuery({ page: null })}>
                    The first {RUNS_A_PAGE}
                  </button>
                )}
                {"next_page_token" in more && more.next_page_token !== undefined && (
                  <button type="button" class="button button-small" onClick={() => setQuery({ page: more.next_page_token as string })}>
                    The next {RUNS_A_PAGE}
                  </button>
                )}
                <a href={hrefOf("pipelines", ["model_training"])}>the pipeline that trains</a>
              </p>
            </>
          )}
        </Answered>
      </Card>
      {picked.length > 0 && <Comparison run_ids={picked} hours={hours} />}
    </>
  );
}
