import { type TrainingResult, trainingResultSchema } from "../../../shared/contracts/training.ts";
import { blockPermutation } from "../../../shared/domain/blockPermutation.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { DOMINANT_SHARE, type DominantFeature, dominanceCheck } from "../../../shared/validation/dominanceCheck.ts";
import type { LeakVerdict } from "../../../shared/validation/leakVerdict.ts";
import type { RebuildTally } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import { type RowInputs, readsOtherInstruments } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { shuffleCheck } from "../../../shared/validation/shuffleCheck.ts";
import type { Ports } from "../ports.ts";

export interface JudgedTraining {
  readonly set: TrainingSet;
  readonly tally: RebuildTally;
  /** Of the newest rows of the sample. */
  readonly inputs: RowInputs;
  readonly max_plausible_accuracy: number;
}

/** The checks of what the sidecar made of a training set: the run with shuffled labels, and the features that carry the model. */
export async function judgeTraining(ports: Ports, card: ModelCard, judged: Omit<JudgedTraining, "max_plausible_accuracy">) {
  const { max_plausible_accuracy } = ports.config;
  return judgeResult(await readResult(ports, card), { ...judged, max_plausible_accuracy });
}

export function judgeResult(
  result: TrainingResult,
  { set, tally, inputs, max_plausible_accuracy }: JudgedTraining,
): readonly LeakVerdict[] {
  const column = (name: string) => set.features[set.feature_names.indexOf(name)]!;
  const dominant = Object.entries(result.importance)
    .filter(([, share]) => share >= DOMINANT_SHARE)
    .map(
      ([name, share]): DominantFeature => ({
        name,
        share,
        values: column(name),
        rebuilt_rows: tally.equal[name] ?? 0,
        differing_rows: tally.differing[name] ?? 0,
        reads_other_instruments: readsOtherInstruments(inputs, name),
      }),
    );
  const past_returns = ["ret_1", "ret_1_lag_1"].map(column);
  const first_tested = Math.min(...result.out_of_fold.rows);
  return [shuffledRun(set, result), dominanceCheck({ dominant, y: set.y, first_tested, past_returns, max_plausible_accuracy })];
}

function shuffledRun(set: TrainingSet, { shuffled, out_of_fold }: TrainingResult): LeakVerdict {
  if (!shuffled) return shuffleCheck(null);
  const order = blockPermutation(set.y.length, shuffled.shuffle.block_rows, shuffled.shuffle.seed);
  return shuffleCheck({ y: out_of_fold.rows.map((row) => set.y[order[row]!]!), p: shuffled.predictions });
}

async function readResult(ports: Ports, { run_id }: ModelCard): Promise<TrainingResult> {
  const key = modelArtifactKeys(run_id).training_result;
  const bytes = await ports.lake.get(key);
  if (!bytes) throw new AppError("not_found", `The training result ${key} is not in the lake: train again.`);
  return trainingResultSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
