import { z } from "zod";
import { byCount } from "../domain/byCount.ts";
import { copiedBuffer } from "../domain/copiedBuffer.ts";
import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import type { PredictionRecord } from "../ports/predictionLog.ts";

/**
 * Prediction records as bytes, on their way to the journal of one machine and in its file. Little-endian: the number of records and the
 * length of the head, each a uint32; the head, a JSON row a record, padded with blanks to a multiple of eight bytes; the features of all
 * records as float64, NaN for missing. As JSON text the features would be 1.3 kB a record and most of the Worker's time.
 */
const rowSchema = z.tuple([
  z.string().min(1),
  z.string(),
  z.string(),
  z.string(),
  z.int(),
  z.int(),
  z.number(),
  z.int(),
  z.int().nullable(),
  z.int().nonnegative(),
  // Absent in batches from before it was taken.
  z.int().nullable().optional(),
]);
type Row = z.infer<typeof rowSchema>;
const headSchema = z.array(rowSchema).min(1);

const PREFIX_BYTES = 2 * Uint32Array.BYTES_PER_ELEMENT;
const FEATURE_BYTES = Float64Array.BYTES_PER_ELEMENT;
const BLANK = 0x20;

export function encodePredictions(records: readonly PredictionRecord[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify(records.map(toRow)));
  const values_at = PREFIX_BYTES + Math.ceil(head.length / FEATURE_BYTES) * FEATURE_BYTES;
  const count = records.reduce((sum, { features }) => sum + features.length, 0);
  const bytes = new Uint8Array(values_at + count * FEATURE_BYTES);
  const prefix = new DataView(bytes.buffer);
  prefix.setUint32(0, records.length, true);
  prefix.setUint32(4, values_at - PREFIX_BYTES, true);
  bytes.fill(BLANK, PREFIX_BYTES, values_at);
  bytes.set(head, PREFIX_BYTES);
  const values = new Float64Array(bytes.buffer, values_at);
  let at = 0;
  for (const { features } of records) for (const value of features) values[at++] = value ?? Number.NaN;
  return bytes;
}

/** How many records a batch says that it holds; 0 when it is none. */
export function countPredictions(bytes: Uint8Array): number {
  return bytes.length <= PREFIX_BYTES ? 0 : viewOf(bytes).getUint32(0, true);
}

/** Throws invalid_request when the bytes are no batch. */
export function decodePredictions(bytes: Uint8Array): PredictionRecord[] {
  const values_at = bytes.length > PREFIX_BYTES ? PREFIX_BYTES + viewOf(bytes).getUint32(4, true) : 0;
  const rows = headSchema.safeParse(parseJson(bytes.subarray(PREFIX_BYTES, values_at)));
  const count = rows.success ? rows.data.reduce((sum, row) => sum + row[9], 0) : 0;
  if (!rows.success || bytes.length !== values_at + count * FEATURE_BYTES)
    throw new AppError(
      "invalid_request",
      `${counted(bytes.length, "byte")} ${byCount(bytes.length, "is", "are")} no batch of predictions.`,
      { status: 400 },
    );
  const values = new Float64Array(copiedBuffer(bytes.subarray(values_at)));
  let end = 0;
  return rows.data.map((row) => {
    const start = end;
    end += row[9];
    return toRecord(row, values.subarray(start, end));
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toRow(record: PredictionRecord): Row {
  const { prediction_id, instrument, model_name, model_version, event_time, target_start, prediction, requested_at, as_of } = record;
  const { features, latency_us = null } = record;
  const { length } = features;
  return [
    prediction_id,
    instrument,
    model_name,
    model_version,
    event_time,
    target_start,
    prediction,
    requested_at,
    as_of,
    length,
    latency_us,
  ];
}

function toRecord(row: Row, features: Float64Array): PredictionRecord {
  const [prediction_id, instrument, model_name, model_version, event_time, target_start, prediction, requested_at, as_of] = row;
  return {
    ...{ prediction_id, instrument, model_name, model_version, event_time, target_start, prediction, requested_at, as_of },
    ...(row[10] == null ? {} : { latency_us: row[10] }),
    features: Array.from(features, (value) => (Number.isNaN(value) ? null : value)),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
