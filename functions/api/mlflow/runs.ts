import { createRun, deleteRun, getRun, restoreRun, searchRuns, updateRun } from "../../../shared/contracts/mlflow/runs.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { RUN_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { requireExperimentId, runTagOf } from "../../../shared/mlflow/limits.ts";
import { invalidParameter } from "../../../shared/mlflow/mlflowErrors.ts";
import { pageOf } from "../../../shared/mlflow/pageToken.ts";
import { runNameOf } from "../../../shared/mlflow/runName.ts";
import type { KeyValue, LifecycleStage } from "../../../shared/ports/experimentStore.ts";
import type { NewRun } from "../../../shared/ports/runStore.ts";
import { requireActive } from "./experiments.ts";
import type { MlflowRouteContext } from "./mlflowRouteOptions.ts";
import { originOf } from "./originOf.ts";
import { requireRun, runIdOf } from "./requireRun.ts";
import { searchOf, stagesOf } from "./searchOf.ts";
import { viewOfInfo, viewOfRun } from "./viewOfRun.ts";

const RUN_NAME = "mlflow.runName";

export function runRoutes({ experiments, runs, foreign_runs, clock, newId }: MlflowRouteContext): MountedRoute[] {
  const setStage = async (run_id: string, stage: LifecycleStage) => {
    await foreign_runs.require(run_id);
    await runs.setStage(run_id, stage, clock.now());
    return {};
  };
  return [
    handle(createRun, async ({ body: { experiment_id, user_id, run_name, start_time = clock.now(), tags } }, context) => {
      const experiment = await requireActive(experiments, experiment_id);
      const run_id = newId().replaceAll("-", "");
      const named = nameRun(run_id, run_name, tags.map(runTagOf));
      const info: NewRun["info"] = {
        run_id,
        experiment_id: experiment.experiment_id,
        run_name: named.run_name,
        user_id,
        status: "RUNNING",
        start_time,
        end_time: null,
        artifact_uri: joinLocation(experiment.artifact_location, run_id, "artifacts"),
        lifecycle_stage: "active",
      };
      const run = await runs.create({ info, tags: named.tags });
      foreign_runs.add(run_id);
      return { run: viewOfRun(run, originOf(context)) };
    }),
    handle(getRun, async ({ query }, context) => ({ run: viewOfRun(await requireRun(runs, runIdOf(query)), originOf(context)) })),
    handle(updateRun, async ({ body: { status, end_time, run_name, ...ids } }) => {
      const run_id = runIdOf(ids);
      await foreign_runs.require(run_id);
      return { run_info: viewOfInfo(await runs.update(run_id, { status, end_time, run_name: run_name || undefined })) };
    }),
    handle(deleteRun, ({ body }) => setStage(runIdOf(body), "deleted")),
    handle(restoreRun, ({ body }) => setStage(runIdOf(body), "active")),
    handle(searchRuns, async ({ body: { experiment_ids, run_view_type, ...asked } }, context) => {
      const query = searchOf(asked, RUN_RULES);
      const ids = experiment_ids.map(requireExperimentId);
      const { rows, ...next } = pageOf(await runs.search({ ...query, experiment_ids: ids, stages: stagesOf(run_view_type) }), query.page);
      return { runs: rows.map((run) => viewOfRun(run, originOf(context))), ...next };
    }),
  ];
}

/** A run has its name as a tag, too, and is given one where it has none. */
function nameRun(run_id: string, asked: string, tags: readonly KeyValue[]): { run_name: string; tags: readonly KeyValue[] } {
  const tagged = tags.find(({ key }) => key === RUN_NAME)?.value;
  if (asked && tagged && asked !== tagged)
    throw invalidParameter(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${asked}', mlflow.runName='${tagged}').`,
    );
  const run_name = asked || tagged || runNameOf(run_id);
  return { run_name, tags: tagged ? tags : [...tags, { key: RUN_NAME, value: run_name }] };
}
