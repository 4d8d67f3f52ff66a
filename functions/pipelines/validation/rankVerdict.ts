import type { StepContext } from "../../../shared/dag/step.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import type { DatasetManifest, ModelVersion } from "../../../shared/ports/tracking.ts";
import { importanceRankCheck } from "../../../shared/validation/importanceRankCheck.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { championOf } from "./championOf.ts";
import type { Staged } from "./checkReport.ts";

/** The importances of the staged version held against those of the one in Production; passed where there is nothing to hold them against. */
export async function rankVerdict(
  ports: Ports,
  context: Pick<StepContext, "run_id" | "window">,
  staged: Staged,
  { importance, dataset }: Evaluation,
): Promise<Verdict> {
  const nothing = (why: string): Verdict => ({ name: "importance_rank_check", passed: true, detail: `not compared: ${why}` });
  const champion = await championOf(ports, context, staged);
  if (champion === null) return nothing("no version is in Production");
  const other = await recordOf(ports, champion);
  if (typeof other === "string") return nothing(other);
  const [own, others] = await Promise.all([dataset, other.dataset].map((sha256) => ports.tracking.dataset(sha256)));
  if (!own || !others) return nothing(`the training set of version ${champion.version} is not known`);
  return importanceRankCheck({
    importance,
    champion: { version: champion.version, importance: other.importance },
    overlap: overlapOf(own, others) * sharedPairs(await pairsOf(ports, staged), other.pairs),
  });
}

/** Or why there is none: of a model that was not trained here, say, or whose card cannot be read. */
async function recordOf(ports: Ports, champion: ModelVersion): Promise<(Evaluation & { readonly pairs: readonly string[] }) | string> {
  try {
    return { ...(await readEvaluation(ports, champion.run_id)), pairs: await pairsOf(ports, champion) };
  } catch (error) {
    const known = toAppError(error);
    if (known.retryable) throw error;
    return `version ${champion.version}: ${known.message}`;
  }
}

/** Whose rows a version has learnt from: of what a pooled model is of one pair, those of all. */
async function pairsOf(ports: Ports, version: Pick<ModelVersion, "name" | "version" | "source">): Promise<readonly string[]> {
  const { pool, pairs, instrument } = await readModelCard(ports, version);
  return pool?.pairs ?? pairs ?? [instrument];
}

function sharedPairs(own: readonly string[], others: readonly string[]): number {
  const [one, other] = [new Set(own), new Set(others)];
  return one.intersection(other).size / one.union(other).size;
}

function overlapOf(one: DatasetManifest, other: DatasetManifest): number {
  const both = Math.min(one.last_event_time, other.last_event_time) - Math.max(one.first_event_time, other.first_event_time);
  const either = Math.max(one.last_event_time, other.last_event_time) - Math.min(one.first_event_time, other.first_event_time);
  return either > 0 ? Math.max(0, both) / either : 1;
}
