import { getMetricHistories, getMetricHistory } from "../../../shared/contracts/mlflow/runs.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { requireMaxResults } from "../../../shared/mlflow/limits.ts";
import { doesNotExist, invalidParameter } from "../../../shared/mlflow/mlflowErrors.ts";
import { offsetOf, pageOf } from "../../../shared/mlflow/pageToken.ts";
import { sampleSteps } from "../../../shared/mlflow/sampleSteps.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { runIdOf } from "./requireRun.ts";
import { viewOfMetric } from "./viewOfRun.ts";

/** Points of one answer: a client that asks for no number of them asks on with the token. */
const MOST_POINTS = 100_000;
const MOST_RUNS = 100;
const MOST_POINTS_A_RUN = 2_500;

export function metricRoutes({ runs }: MlflowRouteOptions): MountedRoute[] {
  return [
    handle(getMetricHistory, async ({ query: { metric_key, max_results = MOST_POINTS, page_token, ...ids } }) => {
      const run_id = runIdOf(ids);
      if (!(await runs.info(run_id))) throw doesNotExist(`Run with id=${run_id} not found`);
      const page = { limit: requireMaxResults(max_results, MOST_POINTS), offset: offsetOf(page_token) };
      const { rows, ...next } = pageOf(await runs.history({ run_ids: [run_id], key: metric_key, page }), page);
      return { metrics: rows.map(viewOfMetric), ...next };
    }),
    handle(getMetricHistories, async ({ query: { run_ids, metric_key: key, start_step, end_step, max_results } }) => {
      if (run_ids.length > MOST_RUNS)
        throw invalidParameter(`GetMetricHistoryBulkInterval request must specify at most ${MOST_RUNS} run_ids.`);
      if ((start_step === undefined) !== (end_step === undefined))
        throw invalidParameter("If either start step or end step are specified, both must be specified.");
      if (start_step !== undefined && end_step !== undefined && start_step > end_step)
        throw invalidParameter(`end_step must be greater than start_step. Found start_step=${start_step} and end_step=${end_step}.`);
      const steps = sampleSteps(
        await runs.metricSteps(run_ids, key, start_step, end_step),
        requireMaxResults(max_results, MOST_POINTS_A_RUN),
      );
      const page = { limit: MOST_POINTS, offset: 0 };
      const points = await runs.history({ run_ids, key, steps, page });
      return { metrics: points.slice(0, MOST_POINTS).map(({ run_id, ...point }) => ({ ...viewOfMetric(point), run_id })) };
    }),
  ];
}
