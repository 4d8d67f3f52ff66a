import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { PredictionLog, PredictionRecord, PredictionSource } from "../../../../shared/ports/predictionLog.ts";
import { packVectors, type Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";

/** Rows a statement: half a megabyte with 60 features. */
const CHUNK_ROWS = 500;

/**
 * SQLite reads a decimal number with an error in the last bit once in ten thousand times. Predictions are float32: times
 * 2^53 they are whole numbers (from 2^-29 on), which are read exactly and divided exactly.
 */
const SCALE = 2 ** 53;

const INSERT = `INSERT INTO predictions
    (prediction_id, instrument, model_name, model_version, event_time, target_start, prediction, requested_at, as_of, latency_us, features, source)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, (value->>6) / ${SCALE}.0, value->>7, value->>8, value->>9,
    substr(?2, value->>10, value->>11), ?3
  FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

/** In the same transaction, so that no prediction is without the row that has its outcome looked for. */
const INSERT_BARS = `INSERT INTO predicted_bars (instrument, event_time, model_name)
  SELECT value->>0, value->>1, value->>2 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`;

/** Served answers in libSQL. A batch is one transaction; a batch that a queue delivers twice is stored once. */
export function createPredictionLog(database: Database): PredictionLog {
  return {
    append: (records) =>
      withStore(async () => {
        if (records.length > 0) await database.$client.batch(statementsOf(records, "user"), "write");
      }),
    prepareForecast: (record) => createEffect(database, `the forecast ${record.prediction_id}`, statementsOf([record], "pipeline")),
  };
}

function statementsOf(records: readonly PredictionRecord[], source: PredictionSource): Statement[] {
  const inserts = chunksOf(records, CHUNK_ROWS).map((chunk) => toStatement(chunk, source));
  // Thousands of answers are about a few bars.
  const bars = new Map(records.map(({ instrument, event_time, model_name }) => barOf(instrument, event_time, model_name)));
  return [...inserts, { sql: INSERT_BARS, args: [JSON.stringify([...bars.values()])] }];
}

function barOf(...bar: readonly [instrument: string, event_time: number, model_name: string]) {
  return [bar.join("/"), bar] as const;
}

function toStatement(records: readonly PredictionRecord[], source: PredictionSource): Statement {
  const vectors = records.map(({ features }) => Float64Array.from(features, (value) => value ?? Number.NaN));
  const { blob, spans } = packVectors(vectors);
  const rows = records.map((record, index) => [...toColumns(record), ...spans[index]!]);
  return { sql: INSERT, args: [JSON.stringify(rows), blob, source] };
}

function toColumns(record: PredictionRecord): readonly (string | number | null)[] {
  return [
    record.prediction_id,
    record.instrument,
    record.model_name,
    record.model_version,
    record.event_time,
    record.target_start,
    record.prediction * SCALE,
    record.requested_at,
    record.as_of,
    record.latency_us ?? null,
  ];
}
