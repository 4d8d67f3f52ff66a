import type { Row } from "@libsql/client/web";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import { HORIZONS, SERVED_HORIZON } from "../../../../shared/labels/horizon.ts";
import { everyNameOf, modelNameOf } from "../../../../shared/models/modelName.ts";
import { barKeyOf, horizonOf } from "../../../../shared/monitoring/predictedBar.ts";
import { readDirection } from "../../../../shared/monitoring/settle.ts";
import type { OutcomeStore, PredictedBar, StoredOutcome } from "../../../../shared/ports/outcomeStore.ts";
import { namedStatement, type Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";
import { readRow } from "../readRow.ts";

const COLUMNS = [
  "instrument",
  "event_time",
  "horizon_bars",
  "version",
  "target_end",
  "realized_direction",
  "return_bp",
  "source",
  "by_bars",
  "mid_from",
  "mid_to",
  "from_ingested_at",
  "to_ingested_at",
  "known_at",
  "settled_at",
] as const satisfies readonly (keyof StoredOutcome)[];

/** By parameters, not as JSON: SQLite reads a decimal number of a text with an error in the last bit once in ten thousand times. */
const ROW = `(${COLUMNS.map(() => "?").join(", ")})`;
const CHUNK_ROWS = 200;

const NEWEST = (o: string) => `${o}.version = (SELECT max(n.version) FROM outcomes n WHERE n.instrument = ${o}.instrument
  AND n.event_time = ${o}.event_time AND n.horizon_bars = ${o}.horizon_bars)`;

const OF = `SELECT o.* FROM outcomes o WHERE o.instrument = :instrument AND o.event_time IN (SELECT value FROM json_each(:event_times))
  AND ${NEWEST("o")} ORDER BY o.event_time, o.horizon_bars`;

const VERSIONS = `SELECT * FROM outcomes WHERE instrument = :instrument AND event_time = :event_time AND horizon_bars = :horizon_bars
  ORDER BY version`;

const OPEN = `WITH page AS (SELECT DISTINCT event_time FROM predicted_bars
    WHERE instrument = :instrument AND is_open = 1 AND event_time < :until ORDER BY event_time DESC LIMIT :limit)
  SELECT p.event_time AS event_time, p.model_name AS model_name FROM page
    JOIN predicted_bars p ON p.instrument = :instrument AND p.event_time = page.event_time AND p.is_open = 1
  ORDER BY 1 DESC`;

/** Bars that were replaced within so long before something was settled last. */
const LOOKED_BACK_MS = 7 * 86_400_000;

// The end of an hourly bar is an hour after its start: a bar decides what was predicted at its end, and what ends with it.
const CORRECTED = `WITH changed AS (
    SELECT DISTINCT v.start + 3600000 AS end, b.ingested_at AS ingested_at FROM bar_versions v
      JOIN bars b ON b.instrument = v.instrument AND b.granularity = v.granularity AND b.start = v.start
    WHERE v.instrument = :instrument AND v.granularity = 'H1'
      AND v.superseded_at > coalesce((SELECT max(settled_at) FROM outcomes WHERE instrument = :instrument), 0) - ${LOOKED_BACK_MS})
  SELECT o.event_time AS event_time, o.horizon_bars AS horizon_bars FROM changed c
    JOIN outcomes o ON o.instrument = :instrument AND o.event_time = c.end
    WHERE o.event_time < :until AND o.from_ingested_at <> c.ingested_at AND ${NEWEST("o")}
  UNION SELECT o.event_time, o.horizon_bars FROM changed c
    JOIN outcomes o ON o.instrument = :instrument AND o.target_end = c.end
    WHERE o.event_time < :until AND o.to_ingested_at <> c.ingested_at AND ${NEWEST("o")}
  ORDER BY 1 DESC LIMIT :limit`;

const REPORTED = `SELECT f.event_time AS event_time, f.horizon_bars AS horizon_bars FROM feedback f
    JOIN outcomes o ON o.instrument = f.instrument AND o.event_time = f.event_time AND o.horizon_bars = f.horizon_bars AND ${NEWEST("o")}
  WHERE f.instrument = :instrument AND f.event_time < :until AND o.source <> f.source ORDER BY 1 DESC LIMIT :limit`;

const CLOSE = `UPDATE predicted_bars SET is_open = 0 WHERE instrument = :instrument AND event_time = :event_time
  AND (model_name IN (SELECT value FROM json_each(:names))) = :is_in`;

/** Outcomes in libSQL: what was predicted and is open, and each version of what is settled. */
export function createOutcomeStore(database: Database): OutcomeStore {
  const read = (sql: string, args: Record<string, string | number>) =>
    withStore(async () => (await database.$client.execute(namedStatement(sql, args))).rows);
  return {
    of: async (instrument, event_times) =>
      (await read(OF, { instrument, event_times: JSON.stringify([...new Set(event_times)]) })).map(toOutcome),
    versions: async (instrument, { event_time, horizon_bars }) =>
      (await read(VERSIONS, { instrument, event_time, horizon_bars })).map(toOutcome),
    open: async (instrument, until, limit) => onceEach((await read(OPEN, { instrument, until, limit })).map(toOpenBar)),
    changed: async (instrument, until, limit) => {
      const args = { instrument, until, limit };
      const [corrected, reported] = await Promise.all([read(CORRECTED, args), read(REPORTED, args)]);
      return onceEach([...corrected, ...reported].map(toBar));
    },
    prepareOutcomes: (outcomes) =>
      createEffect(database, counted(outcomes.length, "outcome"), [...insertsOf(outcomes), ...outcomes.flatMap(closing)]),
  };
}

function onceEach(bars: readonly PredictedBar[]): readonly PredictedBar[] {
  return [...new Map(bars.map((bar) => [barKeyOf(bar), bar])).values()];
}

function insertsOf(outcomes: readonly StoredOutcome[]): Statement[] {
  return chunksOf(outcomes, CHUNK_ROWS).map((chunk) => ({
    sql: `INSERT INTO outcomes (${COLUMNS.join(", ")}) VALUES ${chunk.map(() => ROW).join(", ")} ON CONFLICT DO NOTHING`,
    args: chunk.flatMap((outcome) => COLUMNS.map((column) => outcome[column])),
  }));
}

/** What was reported stays open until the bars are there too: what they say stands beside it. */
function closing({ instrument, event_time, horizon_bars, by_bars }: StoredOutcome): Statement[] {
  if (by_bars === null) return [];
  // Models of other names than ours are of the served horizon: all but those that are of another.
  const is_served = horizon_bars === SERVED_HORIZON;
  const horizons = HORIZONS.filter((horizon) => (is_served ? horizon !== horizon_bars : horizon === horizon_bars));
  const names = horizons.flatMap((horizon) => everyNameOf(modelNameOf(instrument, horizon)));
  return [{ sql: CLOSE, args: { instrument, event_time, names: JSON.stringify(names), is_in: is_served ? 0 : 1 } }];
}

function toOpenBar(row: Row): PredictedBar {
  const reader = readRow(row);
  return { event_time: reader.integer("event_time"), horizon_bars: horizonOf({ model_name: reader.text("model_name") }) };
}

function toBar(row: Row): PredictedBar {
  const reader = readRow(row);
  return { event_time: reader.integer("event_time"), horizon_bars: reader.integer("horizon_bars") };
}

function toOutcome(row: Row): StoredOutcome {
  const reader = readRow(row);
  const by_bars = reader.textOrNull("by_bars");
  return {
    instrument: reader.text("instrument"),
    event_time: reader.integer("event_time"),
    horizon_bars: reader.integer("horizon_bars"),
    version: reader.integer("version"),
    target_end: reader.integer("target_end"),
    realized_direction: readDirection(reader.text("realized_direction")),
    return_bp: reader.integerOrNull("return_bp"),
    source: reader.text("source"),
    by_bars: by_bars === null ? null : readDirection(by_bars),
    mid_from: reader.integerOrNull("mid_from"),
    mid_to: reader.integerOrNull("mid_to"),
    from_ingested_at: reader.integerOrNull("from_ingested_at"),
    to_ingested_at: reader.integerOrNull("to_ingested_at"),
    known_at: reader.integer("known_at"),
    settled_at: reader.integer("settled_at"),
  };
}
