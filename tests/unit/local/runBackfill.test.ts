import { expect, it } from "vitest";
import type { WorkerClient } from "../../../functions/local/client/workerClient.ts";
import { runBackfill } from "../../../functions/local/commands/runBackfill.ts";
import type { Screen } from "../../../functions/local/text/screen.ts";
import { type BackfillBody, createBackfill, planBackfill } from "../../../shared/contracts/backfills.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";

const WINDOW = { start: Date.UTC(2025, 0, 1), end: Date.UTC(2025, 2, 1) };
const screen = { say: () => undefined, progress: () => undefined } as unknown as Screen;

/** A Worker whose backfills make their one run at once; those of `failing` fail. */
function worker(failing: string | null, known: readonly string[] = []) {
  const ordered: BackfillBody[] = [];
  const followed: string[] = [];
  const client = {
    call: async (route: Route, { body }: { body: BackfillBody }) => {
      if (route === createBackfill) {
        ordered.push(body);
        return { id: ordered.length };
      }
      expect(route).toBe(planBackfill);
      const covered = known.includes(body.dag_id) ? "before" : `run ${body.from_date}`;
      return { backfills: [{ dag_run_id: covered }] };
    },
    run: async (dag_id: string, run_id: string) => {
      followed.push(`${dag_id} ${run_id}`);
      return { state: dag_id === failing ? "failed" : "success" };
    },
    tasks: async (dag_id: string): Promise<readonly TaskInstance[]> =>
      dag_id === failing ? [{ task_id: "build", state: "failed", map_key: "USD_SGD", try_number: 1, report: null } as TaskInstance] : [],
    attempts: async () => [{ error: { code: "internal", message: "broken" } }],
  };
  return { client: client as unknown as WorkerClient, ordered, followed };
}

const run = (client: WorkerClient) => runBackfill(client, screen, { window: WINDOW, train: "monthly", instruments: ["USD_SGD"] });

it("orders the backfills of market, news and training month by month, and follows the run of each", async () => {
  const { client, ordered, followed } = worker(null);
  expect(await run(client)).toMatchObject({ failures: [], is_stopped: false });
  const dags = ["market_feature_pipeline", "news_feature_pipeline", "model_training"];
  expect(ordered.map(({ dag_id }) => dag_id)).toEqual([...dags, ...dags]);
  expect(ordered.map(({ to_date }) => to_date.slice(0, 10))).toEqual([
    "2025-02-01",
    "2025-02-01",
    "2025-02-01",
    "2025-03-01",
    "2025-03-01",
    "2025-03-01",
  ]);
  expect(followed[1]).toBe("news_feature_pipeline run 2025-01-01T00:00:00Z");
});

it("follows the run that covers an interval already", async () => {
  const { client, followed } = worker(null, ["model_training"]);
  await run(client);
  expect(followed.filter((name) => name === "model_training before")).toHaveLength(2);
});

it.each(["market_feature_pipeline", "news_feature_pipeline"])(
  "stops where %s fails, since what follows would stand on a hole",
  async (dag_id) => {
    const { client, ordered } = worker(dag_id);
    const { failures, is_stopped } = await run(client);
    expect([is_stopped, ordered.at(-1)?.dag_id, failures.length]).toEqual([true, dag_id, 1]);
    expect(failures[0]).toContain("build of USD_SGD failed after 1 try: internal: broken");
  },
);

it("goes on behind a training that fails", async () => {
  const { client, ordered } = worker("model_training");
  const { failures, is_stopped } = await run(client);
  expect([is_stopped, ordered.length, failures.length]).toEqual([false, 6, 2]);
});
