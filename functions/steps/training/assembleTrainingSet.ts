import { sha256Hex } from "../../../shared/domain/hash.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import { featureSetHash } from "../../../shared/features/modelFeatures.ts";
import { assembleTrainingSet as assemble, type TrainingSet } from "../../../shared/features/trainingSet.ts";
import { trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import { goldViewOf } from "../features/goldViewOf.ts";
import { readSeries } from "../features/readSeries.ts";
import type { PipelineStep, Ports } from "../ports.ts";
import { toParquet } from "./trainingSetParquet.ts";

/** Bars ahead that the model predicts. */
export const HORIZON_BARS = 1;

/**
 * Joins features and labels point-in-time over the profile's window before the data interval's end, and writes them to
 * the lake as Parquet under their content hash, with a manifest row.
 */
export const assembleTrainingSet: PipelineStep = async (ports, context) => {
  const instrument = context.map_key;
  const profile = trainingProfileOf(context.conf);
  const as_of = context.window.end;
  const set = await readSet(ports, instrument, { start: as_of - profile.window_days * DAY, end: as_of });
  const rows = set.y.length;
  if (rows < profile.min_rows) {
    return {
      kind: "skipped",
      reason: `${instrument} has ${rows} labelled rows by then; the ${profile.name} profile needs ${profile.min_rows}.`,
    };
  }
  const parquet = toParquet(set);
  const sha256 = sha256Hex(parquet);
  const key = `datasets/${sha256}.parquet`;
  await ports.lake.putOnce(key, parquet, "application/vnd.apache.parquet");
  await ports.tracking.addDataset({
    sha256,
    key,
    instrument,
    rows,
    first_event_time: set.event_time[0]!,
    last_event_time: set.event_time[rows - 1]!,
    as_of,
    feature_set_hash: featureSetHash(goldViewOf(ports.config), instrument),
    feature_names: set.feature_names,
  });
  return { kind: "success", report: { written: rows, dataset: sha256, features: set.feature_names.length } };
};

async function readSet(ports: Ports, instrument: string, window: { start: number; end: number }): Promise<TrainingSet> {
  const view = goldViewOf(ports.config);
  const [bars, rows] = await Promise.all([
    readSeries(ports.bars, instrument, window, 1),
    ports.features.read(instrument, { view: view.name, schema_hash: view.schema_hash }, window, window.end),
  ]);
  return assemble({ instrument, view, bars, rows, horizon_bars: HORIZON_BARS, as_of: window.end });
}
