import type { Instant } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { bootstrapInterval } from "../../../shared/metrics/bootstrapInterval.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { countBins, decileEdges, klDivergence } from "../../../shared/monitoring/populationStability.ts";
import { DRIFT_WINDOW_MS } from "../../../shared/monitoring/referenceProfile.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import { importanceCorrelation } from "../../../shared/validation/importanceRankCheck.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { servedForecasts } from "./servedForecasts.ts";

type Found = Pick<Observation, "value" | "interval" | "n" | "details" | "reason">;

/** What the model says, against what it said in training; and what it goes by, against the version in Production before it. */
export async function modelDrift(
  ports: Ports,
  instrument: string,
  at: Instant,
  version: ModelVersion,
): Promise<readonly (readonly [string, Found])[]> {
  return [
    ["prediction_kl", await orReason(() => predictionKl(ports, instrument, at, version))],
    ["importance_rank", await orReason(() => importanceRank(ports, instrument, at, version))],
  ];
}

/** A model that was trained elsewhere, or whose files are of another release, has no evaluation to read. */
async function orReason(measure: () => Promise<Found>): Promise<Found> {
  try {
    return await measure();
  } catch (error) {
    const problem = toAppError(error);
    if (problem.retryable) throw error;
    return { value: null, reason: problem.message };
  }
}

/** D(four weeks' predictions || those out of fold), over the deciles of the latter. Whichever version made them: what is said is what drifts. */
async function predictionKl(ports: Ports, instrument: string, at: Instant, version: ModelVersion): Promise<Found> {
  const { out_of_fold } = await readEvaluation(ports, version.run_id);
  const forecasts = await servedForecasts(ports, instrument, at, DRIFT_WINDOW_MS);
  const recent = Float64Array.from(forecasts, ({ probability }) => probability);
  const edges = decileEdges(out_of_fold.predictions);
  const reference = countBins(edges, out_of_fold.predictions);
  const n = recent.length;
  if (n === 0) return { value: null, n, reason: "nothing that was predicted in four weeks is decided" };
  const interval = bootstrapInterval(recent, (drawn) => klDivergence(reference, countBins(edges, drawn)) ?? 0);
  const versions = [...new Set(forecasts.map(({ model_version }) => model_version))];
  return { value: interval.estimate, interval, n, details: { versions, training_predictions: out_of_fold.predictions.length } };
}

async function importanceRank(ports: Ports, instrument: string, at: Instant, version: ModelVersion): Promise<Found> {
  const name = modelNameOf(instrument);
  const moves = (await ports.tracking.transitions(name)).filter(
    ({ to_stage, effective_at }) => to_stage === "Production" && effective_at <= at,
  );
  const before = moves.toSorted((a, b) => a.effective_at - b.effective_at).findLast((move) => move.version !== version.version);
  const earlier = before && (await ports.tracking.version(name, before.version));
  if (!earlier) return { value: null, reason: "it is the first version in Production" };
  const [own, others] = [await readEvaluation(ports, version.run_id), await readEvaluation(ports, earlier.run_id)];
  const { correlation, features } = importanceCorrelation(own.importance, others.importance);
  const details = { version: version.version, before: earlier.version };
  return { value: correlation, n: features, details, ...(correlation === null ? { reason: "too few features in common" } : {}) };
}
