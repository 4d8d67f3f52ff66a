import type { ModelPart } from "../../../shared/contracts/training.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelPartOf } from "../../../shared/models/pool.ts";
import type { Ports } from "../ports.ts";

/** What a pooled model is to be given as of each pair, from the pairs' own sets; none where the set is of one pair. */
export function modelParts(
  { tracking }: Pick<Ports, "tracking">,
  pooled_names: readonly string[],
  sets: Readonly<Record<string, string>> = {},
): Promise<ModelPart[]> {
  return Promise.all(
    Object.entries(sets).map(async ([pair, sha256]) => {
      const own = await tracking.dataset(sha256);
      if (!own) throw new AppError("dataset_unknown", `There is no manifest of training set ${sha256}, which is that of ${pair}.`);
      return modelPartOf(pair, own.feature_names, pooled_names);
    }),
  );
}
