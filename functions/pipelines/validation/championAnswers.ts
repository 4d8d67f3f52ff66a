import type { StepContext } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { type AppError, toAppError } from "../../../shared/errors.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { ChampionAnswer } from "../../../shared/validation/challengeRows.ts";
import { trainedRows } from "../../../shared/validation/trainedRows.ts";
import { answersOf, readVersionModel, type VersionModel } from "../common/versionModel.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";

export interface ChampionAnswers {
  /** By event time. */
  readonly answers: ReadonlyMap<Instant, ChampionAnswer>;
  /** Why its model cannot answer at all; null where it can. */
  readonly broken: AppError | null;
}

/**
 * The champion's answers to rows of the challenger's training set, none of which its answering model was trained on: up to the end of the
 * champion's own data what its folds' models said out of fold, and after it what the model says that serves. Each is of the features of
 * its time. What cannot be had is said in the log and left out.
 */
export async function championAnswers(
  ports: Ports,
  context: Pick<StepContext, "log">,
  champion: ModelVersion,
  challenger: ModelCard,
): Promise<ChampionAnswers> {
  const answers = new Map<Instant, ChampionAnswer>();
  const left = async (what: string, add: Promise<void>): Promise<AppError | null> => {
    try {
      await add;
      return null;
    } catch (error) {
      const known = toAppError(error);
      if (known.retryable) throw error;
      context.log(`version ${champion.version}, ${what}: ${known.message}`);
      return known;
    }
  };
  await left("out of fold", addOutOfFold(ports, champion, answers));
  const failed = await left("after its training", addLater(ports, context, champion, challenger, answers));
  return { answers, broken: failed?.code === "model_corrupt" ? failed : null };
}

async function addOutOfFold(ports: Ports, champion: ModelVersion, answers: Map<Instant, ChampionAnswer>): Promise<void> {
  const { dataset, folds, out_of_fold } = await readEvaluation(ports, champion.run_id);
  const trained = trainedRows(folds);
  const add = ({ event_time }: { event_time: Float64Array }) => {
    for (const [index, row] of out_of_fold.rows.entries()) {
      answers.set(event_time[row]!, { p: out_of_fold.predictions[index]!, trained_rows: trained[index]! });
    }
  };
  await withDataset(
    ports,
    dataset,
    ({ set }) => add(set),
    () => false,
  );
}

/** A row that begins when the champion's data has ended: its labels, decided by then, tell nothing of it. */
async function addLater(
  ports: Ports,
  context: Pick<StepContext, "log">,
  champion: ModelVersion,
  challenger: ModelCard,
  answers: Map<Instant, ChampionAnswer>,
): Promise<void> {
  const model = await readVersionModel(ports, champion);
  const other = viewOfOtherFormulas(model.card, challenger);
  if (other !== null) {
    context.log(`version ${champion.version}, after its training: it reads ${other}, which the challenger's training set does not have`);
    return;
  }
  const manifest = await ports.tracking.dataset(model.card.dataset);
  const trained_rows = manifest?.rows ?? 0;
  const add = async (set: Parameters<typeof answersOf>[1]) => {
    const rows = Array.from(set.event_time.keys()).filter((row) => set.event_time[row]! >= model.card.trained_until);
    const said = await answersOf(model, set, rows);
    for (const [index, row] of rows.entries()) answers.set(set.event_time[row]!, { p: said[index]!, trained_rows });
  };
  await withDataset(ports, challenger.dataset, ({ set }) => add(set), reads(model));
}

function reads({ card }: VersionModel): (feature: string) => boolean {
  const names = new Set(card.feature_names);
  return (feature) => names.has(feature);
}

/** A view of the champion that has other formulas in the challenger's set; a view that the set has nothing of is missing to the model. */
function viewOfOtherFormulas(champion: ModelCard, challenger: ModelCard): string | null {
  const present = new Map(challenger.views.map(({ view, schema_hash }) => [view, schema_hash]));
  const other = champion.views.find(({ view, schema_hash }) => present.has(view) && present.get(view) !== schema_hash);
  return other ? `${other.view}@${other.schema_hash}` : null;
}
