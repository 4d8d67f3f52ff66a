import { expect, it } from "vitest";
import { viewOfDag } from "../../../functions/api/viewOfDag.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);

it("a pipeline is shown as data, and of each task's step its name", () => {
  for (const dag of ALL_DAGS) {
    const view = viewOfDag(dag, false, NOW);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    expect(view.tasks.map(({ step }) => step)).toEqual(dag.tasks.map(({ task_id }) => task_id));
  }
  const [collection] = ALL_DAGS;
  expect(viewOfDag(collection!, true, NOW)).toMatchObject({
    dag_id: "data_collection",
    is_paused: true,
    schedule: { cron: "*/10 * * * *", time_zone: "UTC", trigger_cron: "*/10 * * * *" },
    timetable_summary: "*/10 * * * * UTC",
    tasks: [
      { task_id: "collect_candles", step: "collect_candles", upstream: [], map_over: "instrument", retries: 4, pool: "oanda" },
      {},
      {},
      {},
    ],
  });
});
