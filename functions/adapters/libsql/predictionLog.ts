import type { PredictionLog, PredictionRecord } from "../../../shared/ports/predictionLog.ts";
import { chunksOf } from "./bulk.ts";
import { type Database, withStore } from "./database.ts";
import { predictions } from "./schema/serving.ts";

/** Rows a statement: 10 parameters each, well under sqld's 32,766. */
const CHUNK_ROWS = 500;

/** Served answers in libSQL. A batch is one transaction; a batch that a queue delivers twice is stored once. */
export function createPredictionLog(database: Database): PredictionLog {
  return {
    append: (records) =>
      withStore(async () => {
        const inserts = chunksOf(records, CHUNK_ROWS).map((chunk) =>
          database.insert(predictions).values(chunk.map(toRow)).onConflictDoNothing(),
        );
        const [first, ...rest] = inserts;
        if (first) await database.batch([first, ...rest]);
      }),
  };
}

function toRow({ features, ...record }: PredictionRecord): typeof predictions.$inferInsert {
  return { ...record, features: Float64Array.from(features, (value) => value ?? Number.NaN) };
}
