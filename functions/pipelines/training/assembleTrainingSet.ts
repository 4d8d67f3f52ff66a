import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepOutcome } from "../../../shared/dag/step.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { giveBack } from "../../../shared/domain/giveBack.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { withInstrumentView } from "../../../shared/features/instrumentView.ts";
import { featureSetHash, viewsOf } from "../../../shared/features/modelFeatures.ts";
import { poolSets } from "../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { type TrainingProfile, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import { sha256Of } from "../common/sha256Of.ts";
import type { Ports } from "../ports.ts";
import { readTrainingSet } from "./readTrainingSet.ts";
import { toParquet } from "./trainingSetParquet.ts";

/** Of seventy columns that is 28 MB, and its file as much again: more than a Worker could hold beside its work would end it without a word. */
const MOST_POOLED_ROWS = 50_000;
/** The market is open for five days of a week, and features are of hourly bars. */
const WEEKLY_BARS = 120;

const reportSchema = z.strictObject({
  written: z.int(),
  dataset: z.string(),
  features: z.int(),
  views: z.array(z.string()),
  /** Of a pooled set, the set of each pair alone. A pool from before each pair was served by it has none. */
  parts: z.record(z.string(), z.string()).optional(),
});

/**
 * Joins features and labels point-in-time over the profile's window before the data interval's end, and writes them to
 * the lake as Parquet under their content hash, with a manifest row.
 */
export const assembleTrainingSet = defineStep({
  name: "assemble_training_set",
  report: reportSchema,
  run: (ports: Ports, { conf, window, map_key }) => assembleDataset(ports, map_key, trainingProfileOf(conf), window.end),
});

type Assembled = StepOutcome<z.infer<typeof reportSchema>, never>;

/** What was known by `as_of` of the profile's days before it, in the lake with its manifest; or why there is too little of it. */
export async function assembleDataset(ports: Ports, instrument: string, profile: TrainingProfile, as_of: Instant): Promise<Assembled> {
  const recorded_until = await ports.knowledge.seal(ports.clock.now());
  const window = { start: as_of - profile.window_days * DAY, end: as_of };
  const sets: TrainingSet[] = [];
  for (const pair of profile.pooled ?? [instrument]) {
    const own = await readTrainingSet(ports, pair, window, recorded_until, profile.horizon_bars);
    if (own.y.length < profile.min_rows) return { kind: "skipped", reason: tooFew(own, profile) };
    sets.push(own);
  }
  const known = { as_of, recorded_until };
  if (profile.pooled === null) {
    const report = await register(ports, sets[0]!, known);
    giveBack(...sets[0]!.features);
    return { kind: "success", report };
  }
  requireFit(sets);
  const parts: Record<string, string> = {};
  for (const own of sets) parts[own.instrument] = (await register(ports, own, known)).dataset;
  const { set } = poolSets(sets);
  // With the pool and its file they would be three times as much.
  for (const { features } of sets) giveBack(...features);
  const report = await register(ports, set, known);
  giveBack(...set.features);
  return { kind: "success", report: { ...report, parts } };
}

/** Puts a set into the lake under its hash, and its manifest beside. */
async function register(
  ports: Ports,
  set: TrainingSet,
  { as_of, recorded_until }: { readonly as_of: Instant; readonly recorded_until: Instant },
): Promise<Omit<z.infer<typeof reportSchema>, "parts">> {
  const rows = set.y.length;
  const views = viewsOf(withInstrumentView(modelViews(ports.config), set.feature_names), set.feature_names);
  const { sha256, key } = await store(ports, set);
  await ports.tracking.addDataset({
    sha256,
    key,
    instrument: set.instrument,
    rows,
    first_event_time: set.event_time[0]!,
    last_event_time: set.event_time[rows - 1]!,
    as_of,
    recorded_until,
    feature_set_hash: featureSetHash(views, set.feature_names),
    feature_names: set.feature_names,
  });
  return { written: rows, dataset: sha256, features: set.feature_names.length, views: views.map(({ name }) => name) };
}

function tooFew({ instrument, y }: TrainingSet, { name, min_rows }: TrainingProfile): string {
  return (
    `${instrument} has ${counted(y.length, "labelled row")} by then; the ${name} profile needs ${min_rows}, ` +
    `which are ${counted(weeksOf(min_rows), "week")} of bars with features: backfill from an earlier day, or import older candles.`
  );
}

function requireFit(sets: readonly TrainingSet[]): void {
  const rows = sets.reduce((sum, { y }) => sum + y.length, 0);
  if (rows <= MOST_POOLED_ROWS) return;
  const message = `conf.pooled: ${counted(sets.length, "pair")} ${byCount(sets.length, "has", "have")} ${counted(rows, "row")} in these days, and one model is made of ${MOST_POOLED_ROWS} at most: name fewer pairs, or give params.window_days.`;
  throw new AppError("invalid_request", message, { status: 422, details: { field: "conf.pooled" } });
}

async function store({ lake }: Ports, set: TrainingSet): Promise<{ sha256: string; key: string }> {
  const parquet = toParquet(set);
  const sha256 = await sha256Of(parquet);
  const key = `datasets/${sha256}.parquet`;
  await lake.putOnce(key, parquet, "application/vnd.apache.parquet");
  giveBack(parquet.buffer);
  return { sha256, key };
}

function weeksOf(rows: number): number {
  return Math.ceil(rows / WEEKLY_BARS);
}
