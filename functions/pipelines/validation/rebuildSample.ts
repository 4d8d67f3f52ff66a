import { z } from "zod";
import { giveBackSeries } from "../../../shared/features/barSeries.ts";
import { poolOf, withInstrumentView } from "../../../shared/features/instrumentView.ts";
import { pairRows } from "../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import { addToTally, EMPTY_TALLY, type RebuildTally, rebuildTallySchema } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import type { RowInputs } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { rebuildRows, valuesNotItsOwn } from "../../../shared/validation/rebuild/rebuildRows.ts";
import { sampleRows } from "../../../shared/validation/rebuild/sampleRows.ts";
import type { Ports } from "../ports.ts";
import type { Dataset } from "../training/readDataset.ts";
import { inputsOfSlice, rebuiltViews, sliceOfSample } from "./rebuildSlice.ts";

/** Where the rebuilding of a sample goes on. */
export const rebuildCursorSchema = z.strictObject({
  /** Position in the sample. */
  at: z.int(),
  tally: rebuildTallySchema,
});
export type RebuildCursor = z.infer<typeof rebuildCursorSchema>;

/** The sample that the training set's hash chooses, rebuilt by a slice of time further; `whole` looks at it when it is done. */
export async function rebuildNext<Checked>(
  ports: Ports,
  card: ModelCard,
  { set }: Dataset,
  cursor: RebuildCursor | null,
  {
    only = () => true,
    whole,
  }: {
    /** Features that are rebuilt; all of them unless given. */
    readonly only?: (feature: string) => boolean;
    /** `inputs`: of the newest rows of the sample. */
    readonly whole: (tally: RebuildTally, inputs: RowInputs) => Checked;
  },
): Promise<{ readonly cursor: RebuildCursor } | { readonly done: Checked }> {
  const sample = sampleRows(set.event_time, card.dataset);
  const begun = cursor ?? { at: 0, tally: EMPTY_TALLY };
  const rows = sliceOfSample(set, sample, begun.at);
  let tally = begun.tally;
  let newest: RowInputs | null = null;
  for (const { set: own, rows: at } of partsOf(set, rows)) {
    if (newest !== null) giveBackInputs(newest);
    newest = await inputsOfSlice(ports, { ...card, instrument: own.instrument }, own, at);
    tally = addToTally(tally, rebuildRows(own, at, { ...newest, ...narrowed(newest, only) }, card.horizon_bars));
    if (own !== set) tally = addToTally(tally, { rows: 0, joined_later: 0, equal: {}, differences: valuesNotItsOwn(own, at, newest) });
  }
  const at = begun.at + rows.length;
  const result = at < sample.length ? { cursor: { at, tally } } : { done: whole(tally, newest!) };
  giveBackInputs(newest!);
  return result;
}

interface SamplePart {
  readonly set: TrainingSet;
  /** Of the set. */
  readonly rows: readonly number[];
}

/** The sampled rows of each pair, in a set of that pair alone: its formulas, legs and bars are its own. */
function partsOf(set: TrainingSet, rows: readonly number[]): readonly SamplePart[] {
  const pairs = poolOf(set.feature_names);
  if (pairs.length === 0) return [{ set, rows }];
  const sampled = new Set(rows);
  return pairs.flatMap((pair) => {
    const own = pairRows(set, pair);
    const at = Array.from(own.rows.keys()).filter((row) => sampled.has(own.rows[row]!));
    return at.length === 0 ? [] : [{ set: own.set, rows: at }];
  });
}

function giveBackInputs({ series, legs }: RowInputs): void {
  giveBackSeries([series, ...legs.values()]);
}

function narrowed({ market, news }: RowInputs, only: (feature: string) => boolean): Pick<RowInputs, "market" | "news"> {
  return {
    market: { ...market, features: market.features.filter(({ name }) => only(name)) },
    news: { ...news, features: news.features.filter(({ name }) => only(name)) },
  };
}

/** Why the set cannot be compared with what this installation builds; null when it can. */
export function whyNotComparable(
  ports: Pick<Ports, "config">,
  card: ModelCard,
  { sha256, manifest }: Pick<Dataset, "sha256" | "manifest">,
): string | null {
  if (sha256 !== manifest.sha256) {
    return `training set ${manifest.key} in the lake is not the one that its name says: it was changed`;
  }
  const { market, news } = rebuiltViews(ports, card);
  const views = withInstrumentView([market, news], card.feature_names);
  const present = new Map(views.map(referenceOf).map(({ view, schema_hash }) => [view, schema_hash]));
  const other = card.views.find(({ view, schema_hash }) => present.get(view) !== schema_hash);
  return other ? `it was trained on ${other.view}@${other.schema_hash}, which this installation no longer builds: train again` : null;
}
