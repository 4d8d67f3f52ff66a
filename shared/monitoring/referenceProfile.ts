import { z } from "zod";
import { DAY } from "../domain/instant.ts";
import type { TrainingSet } from "../features/trainingSet.ts";
import { mean } from "../metrics/meanInterval.ts";
import {
  type BinCounts,
  countBins,
  decileEdges,
  klDivergence,
  missingShare,
  populationStability,
  psiWithoutDrift,
} from "./populationStability.ts";

/** Four whole weeks, so that hours and weekdays are as frequent as in the training set. */
export const DRIFT_WINDOW_MS = 28 * DAY;
/** Blocks with fewer rows than half of four weeks say nothing about four weeks. */
const MIN_BLOCK_ROWS = 240;
/** A feature's PSI is never called unusual below this: the convention's large shift. */
const LARGE_PSI = 0.25;
/** A block that fits by luck has no say in the spread of logarithms. */
const LEAST_PSI = 0.001;

const featureProfileSchema = z.object({
  name: z.string(),
  edges: z.array(z.number()),
  counts: z.array(z.int()),
  missing: z.int(),
  /** PSI of each block against the whole training set: how far four weeks wander when nothing is wrong. */
  block_psi: z.array(z.number()),
});

/** What a drift check needs of a training set: a few kilobytes in place of megabytes, kept in the lake once a training set. */
export const referenceProfileSchema = z.object({
  dataset: z.string(),
  rows: z.int(),
  /** Share of rows that rose. */
  base_rate: z.number(),
  /** Event time of the last row of each block of four weeks, the newest first. */
  block_ends: z.array(z.number()),
  features: z.array(featureProfileSchema),
});
export type ReferenceProfile = z.infer<typeof referenceProfileSchema>;

interface Block {
  readonly start: number;
  readonly end: number;
}

export function buildReferenceProfile(dataset: string, set: TrainingSet): ReferenceProfile {
  const blocks = blocksOf(set.event_time);
  return {
    dataset,
    rows: set.y.length,
    base_rate: mean(set.y),
    block_ends: blocks.map(({ end }) => set.event_time[end - 1]!),
    features: set.feature_names.map((name, index) => {
      const values = set.features[index]!;
      const edges = decileEdges(values);
      const whole = countBins(edges, values);
      const block_psi = blocks.map(({ start, end }) => populationStability(whole, countBins(edges, values.subarray(start, end))) ?? 0);
      return { name, edges, ...whole, counts: [...whole.counts], block_psi };
    }),
  };
}

/** Rows [start, end) of each span of four weeks, back from the last row; short ones are left out. */
function blocksOf(event_time: Float64Array): Block[] {
  const blocks: Block[] = [];
  for (let end = event_time.length; end > 0; ) {
    const after = event_time[end - 1]! - DRIFT_WINDOW_MS;
    let start = end;
    while (start > 0 && event_time[start - 1]! > after) start--;
    if (end - start >= MIN_BLOCK_ROWS) blocks.push({ start, end });
    end = start;
  }
  return blocks;
}

export interface FeatureDrift {
  readonly feature: string;
  readonly psi: number;
  /** What four weeks may have without anything being unusual (usualPsi), from those of the training set before the recent ones. */
  readonly usual_psi: number | null;
  /** psi over the larger of 0.25 and usual_psi. */
  readonly excess: number;
  readonly missing: number;
  readonly missing_in_training: number;
  /** Divergence of the recent rows from the training set, in nats. */
  readonly kl: number;
  readonly bins: number;
  readonly training_rows: number;
  /** What psi is on average without any drift, for independent rows. */
  readonly psi_without_drift: number;
}

/** Blocks of the training set that end before the recent rows begin. */
export function earlierBlocks(profile: ReferenceProfile, since: number): number[] {
  return profile.block_ends.flatMap((end, block) => (end <= since ? [block] : []));
}

/** Drift of every feature of the profile that `recent` has a column of. `since`: where the recent rows begin. */
export function featureDrifts(profile: ReferenceProfile, recent: ReadonlyMap<string, Float64Array>, since: number): FeatureDrift[] {
  const earlier = earlierBlocks(profile, since);
  return profile.features.flatMap((feature) => {
    const values = recent.get(feature.name);
    if (!values || values.length === 0) return [];
    const sample = countBins(feature.edges, values);
    const psi = populationStability(feature, sample);
    return psi === null ? [] : [driftOf(feature, sample, psi, earlier)];
  });
}

/**
 * The upper control limit of a feature's PSI over blocks of four weeks: exp(mean + 3 sd) of log PSI, kept between the largest that was seen
 * and twice that. Null without a block. (Shewhart 1931; a PSI is near a multiple of chi^2, whose logarithm is more nearly normal. The bounds,
 * because the spread of a few blocks is hardly known. The largest alone would not do: of eighty features some one exceeds it by chance in
 * most months.)
 */
function usualPsi(blocks: readonly number[]): number | null {
  if (blocks.length === 0) return null;
  const largest = Math.max(...blocks);
  if (blocks.length === 1) return largest;
  const logs = blocks.map((psi) => Math.log(Math.max(psi, LEAST_PSI)));
  const centre = mean(logs);
  const sd = Math.sqrt(logs.reduce((sum, log) => sum + (log - centre) ** 2, 0) / (logs.length - 1));
  return Math.max(largest, Math.min(Math.exp(centre + 3 * sd), 2 * largest));
}

function driftOf(feature: ReferenceProfile["features"][number], sample: BinCounts, psi: number, earlier: readonly number[]): FeatureDrift {
  const usual_psi = usualPsi(earlier.map((block) => feature.block_psi[block]!));
  const total = ({ counts, missing }: BinCounts) => counts.reduce((sum, count) => sum + count, missing);
  const bins = feature.counts.length + 1;
  return {
    feature: feature.name,
    psi,
    kl: klDivergence(feature, sample) ?? 0,
    bins,
    training_rows: total(feature),
    usual_psi,
    excess: psi / Math.max(LARGE_PSI, usual_psi ?? 0),
    missing: missingShare(sample),
    missing_in_training: missingShare(feature),
    psi_without_drift: psiWithoutDrift(bins, total(sample), total(feature)),
  };
}
