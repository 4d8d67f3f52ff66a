import { NEWS_VIEWS, REVISION_FACTS, raiseRevision } from "../features/inputRevision.ts";

/** SQL of the bar store's writes. Each takes a JSON array of rows: instrument, granularity, start, end, thirteen values, line. */

/** Prices of a bar's row, in the order of its JSON array behind instrument, granularity, start and end. */
export const VALUE_COLUMNS = ["mid", "bid", "ask"]
  .flatMap((side) => ["o", "h", "l", "c"].map((corner) => `${side}_${corner}`))
  .concat("volume");
const FIRST_VALUE = 4;
const LINE = FIRST_VALUE + VALUE_COLUMNS.length;

const SAME_BAR = "old.instrument = new.value->>0 AND old.granularity = new.value->>1 AND old.start = new.value->>2";
const DIFFERS = `(${VALUE_COLUMNS.map((column, i) => `old.${column} IS NOT new.value->>${FIRST_VALUE + i}`).join(" OR ")})`;

const NEW_BARS = `FROM json_each(?1) AS new WHERE NOT EXISTS (SELECT 1 FROM bars AS old WHERE ${SAME_BAR})`;
const NEW_OR_CHANGED = `FROM json_each(?1) AS new LEFT JOIN bars AS old ON ${SAME_BAR} WHERE old.start IS NULL OR ${DIFFERS}`;

export interface ChangeStatements {
  /** The first bar that is new or, where bars are replaced, changed. */
  readonly first: string;
  /** Rows are current up to built_until; a bar that comes or changes before it changes every row behind its start. News views see no bars. */
  readonly lower_progress: string;
  readonly raise_revision: string;
}

export const INSERTING: ChangeStatements = changesIn(NEW_BARS);
export const REPLACING: ChangeStatements = changesIn(NEW_OR_CHANGED);

function changesIn(changed: string): ChangeStatements {
  return {
    first: `SELECT min(new.value->>2) ${changed}`,
    lower_progress: `UPDATE feature_progress SET built_until = late.start FROM (SELECT min(new.value->>2) AS start ${changed}) AS late
  WHERE late.start IS NOT NULL AND built_until > late.start AND view NOT IN (${NEWS_VIEWS})`,
    raise_revision: raiseRevision(REVISION_FACTS.bars, `SELECT 1 ${changed}`),
  };
}

const ALL_COLUMNS = [
  "instrument",
  "granularity",
  "start",
  "event_time",
  "available_at",
  "ingested_at",
  "object_key",
  ...VALUE_COLUMNS,
].join(", ");

/** ?2 is now, ?3 the object. */
export const INSERT_BARS = `INSERT INTO bars (${ALL_COLUMNS})
  SELECT value->>0, value->>1, value->>2, value->>3, value->>3, ?2, ?3, ${VALUE_COLUMNS.map((_, i) => `value->>${FIRST_VALUE + i}`).join(", ")}
  FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

/** What is about to be replaced, as it was known until now. Each start stands in the rows once. */
export const KEEP_VERSIONS = `INSERT INTO bar_versions (${ALL_COLUMNS}, superseded_at, superseded_by)
  SELECT ${ALL_COLUMNS.split(", ")
    .map((column) => `old.${column}`)
    .join(", ")}, ?2, ?3
  FROM json_each(?1) AS new JOIN bars AS old ON ${SAME_BAR} WHERE ${DIFFERS}`;

export const REPLACE_BARS = `UPDATE bars SET ingested_at = ?2, object_key = ?3, ${VALUE_COLUMNS.map((column, i) => `${column} = new.value->>${FIRST_VALUE + i}`).join(", ")}
  FROM (SELECT value FROM json_each(?1)) AS new
  WHERE bars.instrument = new.value->>0 AND bars.granularity = new.value->>1 AND bars.start = new.value->>2 AND ${DIFFERS.replaceAll("old.", "bars.")}`;

const CONFLICT_RAW = ["instrument", "granularity", "start"]
  .map((name, i) => `'${name}', new.value->>${i}`)
  .concat(VALUE_COLUMNS.map((name, i) => `'${name}', new.value->>${FIRST_VALUE + i}`))
  .join(", ");

const CONFLICTS = `FROM json_each(?1) AS new JOIN bars AS old ON ${SAME_BAR} WHERE ${DIFFERS}`;

/** ?4 is how many of them are kept. sqld's parser knows no HAVING without GROUP BY. */
export const COUNT_CONFLICTS = `INSERT INTO reject_counts (object_key, reason, instrument, total, kept, ingested_at)
  SELECT ?3, 'duplicate_differs', instrument, found, min(found, ?4), ?2
  FROM (SELECT min(old.instrument) AS instrument, count(*) AS found ${CONFLICTS}) WHERE found > 0
  ON CONFLICT (object_key, reason) DO UPDATE SET total = total + excluded.total, kept = kept + excluded.kept RETURNING total`;

/** The line's own bar is in the reject, since the first bar of this start keeps its place. */
export const INSERT_CONFLICTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT ?3, new.value->>${LINE}, old.instrument, 'duplicate_differs',
    'time: ' || strftime('%Y-%m-%dT%H:%M:%SZ', old.start / 1000, 'unixepoch') || ' stands with other values, from ' || old.object_key ||
      CASE WHEN old.object_key = ?3 THEN '' ELSE '; import with --replace puts this one in its place' END,
    json_object(${CONFLICT_RAW}), ?2
  ${CONFLICTS} ORDER BY new.value->>${LINE} LIMIT ?4
  ON CONFLICT (object_key, line) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, raw = excluded.raw RETURNING line, detail`;

export const INSERT_REJECTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;
