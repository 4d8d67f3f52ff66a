import {
  deleteTag,
  logBatch,
  logInputs,
  logMetric,
  logModel,
  logOutputs,
  logParam,
  type SentMetric,
  setTag,
} from "../../../shared/contracts/mlflow/runs.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { parseJsonBody } from "../../../shared/contracts/route/readBody.ts";
import { isOfPipelines } from "../../../shared/mlflow/artifactUri.ts";
import { paramOf, requireBatch, requireKey, requireLength, runTagOf } from "../../../shared/mlflow/limits.ts";
import { doesNotExist, invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import type { KeyValue } from "../../../shared/ports/experimentStore.ts";
import type { ModelMetric } from "../../../shared/ports/loggedModelStore.ts";
import type { RunEntries, RunStore } from "../../../shared/ports/runStore.ts";
import type { Metric } from "../../../shared/ports/tracking.ts";
import type { MlflowRouteContext } from "./mlflowRouteOptions.ts";
import { requireRun, runIdOf } from "./requireRun.ts";

const LOGGED_MODELS = "mlflow.log-model.history";
const NOTHING: RunEntries = { metrics: [], params: [], tags: [] };

/** What a run logs while it goes on. */
export function loggingRoutes({ runs, foreign_runs, logged_models }: MlflowRouteContext): MountedRoute[] {
  const log = async (
    run_id: string,
    { metrics, ...entries }: Partial<Omit<RunEntries, "metrics">> & { metrics?: readonly SentMetric[] },
  ) => {
    await foreign_runs.require(run_id);
    const points = (metrics ?? []).map(metricOf);
    await runs.log(run_id, { ...NOTHING, ...entries, metrics: points });
    await logged_models.addMetrics(points.flatMap((point, index) => modelMetricOf(run_id, point, metrics![index]!)));
    return {};
  };
  return [
    handle(logMetric, ({ body }) => log(runIdOf(body), { metrics: [body] })),
    handle(logParam, ({ body }) => log(runIdOf(body), { params: [paramOf(body)] })),
    handle(logBatch, ({ body: { metrics, params, tags, ...ids } }) => {
      requireBatch(metrics.length, params.length, tags.length);
      const entries = { metrics, params: requireEachOnce(params.map(paramOf)), tags: tags.map(runTagOf) };
      return log(runIdOf(ids), entries);
    }),
    handle(setTag, async ({ body }) => {
      const [run_id, tag] = [runIdOf(body), runTagOf(body)];
      await requireFreeTag(runs, run_id, tag.key);
      await runs.log(run_id, { ...NOTHING, tags: [tag] });
      return {};
    }),
    handle(deleteTag, async ({ body: { key, ...ids } }) => {
      const run_id = runIdOf(ids);
      await foreign_runs.require(run_id);
      if (await runs.deleteTag(run_id, key)) return {};
      throw doesNotExist(`No tag with name: ${key} in run with id ${run_id}`);
    }),
    handle(logInputs, async ({ body: { datasets, models, ...ids } }) => {
      const run_id = runIdOf(ids);
      await foreign_runs.require(run_id);
      const inputs = datasets.map(({ tags, dataset: { schema = null, profile = null, ...dataset } }) => ({
        ...dataset,
        schema,
        profile,
        tags,
      }));
      for (const { name, digest } of inputs) requireDataset(name, digest);
      await runs.addInputs(
        run_id,
        inputs,
        models.map(({ model_id }) => ({ model_id, step: 0 })),
      );
      return {};
    }),
    handle(logOutputs, async ({ body: { models, ...ids } }) => {
      const run_id = runIdOf(ids);
      await foreign_runs.require(run_id);
      await runs.addOutputs(run_id, models);
      return {};
    }),
    handle(logModel, async ({ body: { model_json, ...ids } }) => {
      const run_id = runIdOf(ids);
      await foreign_runs.require(run_id);
      const { tags } = await requireRun(runs, run_id);
      const earlier = tags.find(({ key }) => key === LOGGED_MODELS)?.value ?? "[]";
      const models = [...(JSON.parse(earlier) as unknown[]), withoutFlavourConfig(parseJsonBody(model_json))];
      await runs.log(run_id, { ...NOTHING, tags: [{ key: LOGGED_MODELS, value: JSON.stringify(models) }] });
      return {};
    }),
  ];
}

function metricOf({ key, value, timestamp, step }: SentMetric): Metric {
  if (timestamp < 0) throw invalidParameter(`Invalid value ${timestamp} for parameter 'timestamp' supplied: it must be nonnegative.`);
  return { key: requireKey(key, "the metric's name"), value, timestamp, step };
}

/** What a point says of the model that it is of. */
function modelMetricOf(run_id: string, point: Metric, { model_id, dataset_name, dataset_digest }: SentMetric): ModelMetric[] {
  if (!model_id) return [];
  return [{ ...point, run_id, model_id, dataset_name: dataset_name ?? null, dataset_digest: dataset_digest ?? null }];
}

function requireEachOnce(params: readonly KeyValue[]): readonly KeyValue[] {
  const keys = params.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice === undefined) return params;
  throw invalidParameter(`Duplicate parameter keys have been submitted: ['${twice}']. Send one value per param key.`);
}

function requireDataset(name: string, digest: string): void {
  if (name === "" || digest === "") throw invalidParameter("The name and the digest of a dataset must not be empty.");
  requireLength(name, 500, "dataset name");
  requireLength(digest, 36, "dataset digest");
}

/** Of a run of the pipelines a client may add tags, and change those that it added: not those that lead back to its data. */
async function requireFreeTag(runs: RunStore, run_id: string, key: string): Promise<void> {
  const { info, tags } = await requireRun(runs, run_id);
  if (!isOfPipelines(info.artifact_uri)) return;
  const is_note = key.startsWith("mlflow.note.") || !tags.some((tag) => tag.key === key);
  if (!is_note || key === "mlflow.runName")
    throw permissionDenied(`The tag ${key} of run ${run_id} was recorded by the training pipeline.`);
}

/** Of a model's description what MLflow keeps among the tags. */
function withoutFlavourConfig(model: unknown): unknown {
  if (typeof model !== "object" || model === null || Array.isArray(model))
    throw invalidParameter("Malformed model info: model_json is not the JSON of a model.");
  return model;
}
