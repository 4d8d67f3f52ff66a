import { createDatabase, type Database } from "../../functions/adapters/libsql/database.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { HOUR, SECOND } from "../../shared/domain/instant.ts";
import { isMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../shared/domain/random.ts";

const DAYS = 30;
/** Ends of hours that are over, and whose next hour is. */
const FIRST_HOUR_BACK = 2;
/** From a bar's end to the prediction. */
const ASKED_AFTER_MS = 5 * SECOND;

/**
 * A month of predictions as the pipeline's own, into the store of a stack that is there for pictures alone: a young stack has none that is
 * decided. The bars are the stack's; the probabilities are drawn by chance, so that what the dashboards show is no skill.
 */
export async function drawRecord({ ports, tokens }: RunFile, now: number): Promise<number> {
  const database = createDatabase(`http://127.0.0.1:${ports["sqld"]}`, tokens["sqld"]);
  const log = createPredictionLog(database);
  const random = createRandom(1);
  let drawn = 0;
  for (const { instrument, model_name, model_version, features } of await answered(database)) {
    for (const event_time of endsOfOpenHours(now)) {
      const of = { instrument, model_name, model_version, event_time, target_start: event_time, as_of: null, features, latency_us: 2_000 };
      const prediction = Math.fround(0.5 + 0.3 * (random() - 0.5));
      await log
        .prepareForecast({ ...of, prediction_id: `drawn-${++drawn}`, prediction, requested_at: event_time + ASKED_AFTER_MS })
        .commit();
    }
  }
  database.$client.close();
  return drawn;
}

function endsOfOpenHours(now: number): number[] {
  const newest = Math.floor(now / HOUR) * HOUR - FIRST_HOUR_BACK * HOUR;
  const ends = Array.from({ length: DAYS * 24 }, (_, hours) => newest - hours * HOUR);
  return ends.filter((end) => isMarketOpen(end - HOUR) && isMarketOpen(end)).reverse();
}

/** The newest answer of each instrument: its model, and a vector as long as the model wants it. */
async function answered(database: Database) {
  const { rows } = await database.$client.execute(
    "SELECT instrument, model_name, model_version, features, max(requested_at) FROM predictions WHERE as_of IS NULL GROUP BY instrument",
  );
  return rows.map((row) => ({
    instrument: String(row["instrument"]),
    model_name: String(row["model_name"]),
    model_version: String(row["model_version"]),
    features: [...new Float64Array((row["features"] as ArrayBuffer).slice(0))].map((value) => (Number.isNaN(value) ? null : value)),
  }));
}
