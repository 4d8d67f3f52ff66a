import { REVISION_FACTS, raiseRevision, VIEWS_WITHOUT_BARS } from "../features/inputRevision.ts";

/**
 * SQL of the bar store's writes. Each takes `:rows`, a JSON array of rows of one instrument and granularity: start, line, mid, volume, and
 * where the bar has them bid and ask. Sending and reading that array is most of the work: where no bar is stored in its span, the insertion
 * alone is sent it, and elsewhere what only few writes need reads it only for those.
 */

/** What stands in a row behind start and line. Bid and ask come last, and are left out of a row that has none. */
const VALUE_COLUMNS = ["mid_o", "mid_h", "mid_l", "mid_c", "volume"].concat(
  ["bid", "ask"].flatMap((side) => ["o", "h", "l", "c"].map((corner) => `${side}_${corner}`)),
);
/** Mid and volume. */
const MID_COLUMNS = 5;
const START = "new.value->>0";
const LINE = "new.value->>1";
const FIRST_VALUE = 2;

const SERIES = "old.instrument = :instrument AND old.granularity = :granularity";
const SAME_BAR = `${SERIES} AND old.start = ${START}`;
const IN_SPAN = `${SERIES} AND old.start BETWEEN :first AND :last`;
const DIFFERS = `(${VALUE_COLUMNS.map((column, i) => `old.${column} IS NOT new.value->>${FIRST_VALUE + i}`).join(" OR ")})`;

/** The rows, if there is reason to look at them at all. */
const rowsIf = (reason: string) => `json_each(CASE WHEN ${reason} THEN :rows ELSE '[]' END)`;

const newBars = (reason: string) => `FROM ${rowsIf(reason)} AS new WHERE NOT EXISTS (SELECT 1 FROM bars AS old WHERE ${SAME_BAR})`;
const newOrChanged = (reason: string) =>
  `FROM ${rowsIf(reason)} AS new LEFT JOIN bars AS old ON ${SAME_BAR} WHERE old.start IS NULL OR ${DIFFERS}`;

export interface ChangeStatements {
  /** The first bar that is new or, where bars are replaced, changed. */
  readonly first: string;
  /** Rows are current up to built_until; a bar that comes or changes before it changes every row behind its start. Views of something else see no bars. */
  readonly lower_progress: string;
}

const ANY_STORED = `EXISTS (SELECT 1 FROM bars AS old WHERE ${IN_SPAN})`;

export const INSERTING: ChangeStatements = changesIn(newBars);
export const REPLACING: ChangeStatements = changesIn(newOrChanged);

function changesIn(changed: (reason: string) => string): ChangeStatements {
  const built = `EXISTS (SELECT 1 FROM feature_progress WHERE built_until > :first AND view NOT IN (${VIEWS_WITHOUT_BARS}))`;
  return {
    first: `SELECT CASE WHEN ${ANY_STORED} THEN (SELECT min(${START}) ${changed(ANY_STORED)}) ELSE :first END`,
    lower_progress: `UPDATE feature_progress SET built_until = late.start FROM (SELECT min(${START}) AS start ${changed(built)}) AS late
  WHERE late.start IS NOT NULL AND built_until > late.start AND view NOT IN (${VIEWS_WITHOUT_BARS})`,
  };
}

/** Right behind the statement that changes bars. */
export const RAISE_REVISION = raiseRevision(REVISION_FACTS.bars, "SELECT 1 WHERE changes() > 0");

const FACTS = ["instrument", "granularity", "start", "event_time", "available_at", "ingested_at", "object_key"];
const ALL_COLUMNS = [...FACTS, ...VALUE_COLUMNS].join(", ");

/** Stored bars that are not as their row says. CROSS JOIN: row by row, never bar by bar with the whole array read for each of them. */
const changedIn = (rows: string) => `FROM ${rows} AS new CROSS JOIN bars AS old ON ${SAME_BAR} WHERE ${DIFFERS}`;

/** What is about to be replaced, as it was known until now. Each start stands in the rows once. */
export const KEEP_VERSIONS = `INSERT INTO bar_versions (${ALL_COLUMNS}, superseded_at, superseded_by)
  SELECT ${ALL_COLUMNS.split(", ")
    .map((column) => `old.${column}`)
    .join(", ")}, :now, :object
  ${changedIn("json_each(:rows)")}`;

const newValues = (columns: readonly string[]) =>
  `:instrument, :granularity, ${START}, ${START} + :length, ${START} + :length, :now, :object, ${columns.map((_, i) => `new.value->>${FIRST_VALUE + i}`).join(", ")}`;

export const REPLACE_BARS = `INSERT INTO bars (${ALL_COLUMNS}) SELECT ${newValues(VALUE_COLUMNS)} ${changedIn("json_each(:rows)")}
  ON CONFLICT (instrument, granularity, start) DO UPDATE SET ${["ingested_at", "object_key", ...VALUE_COLUMNS].map((column) => `${column} = excluded.${column}`).join(", ")}`;

export const INSERT_BARS = insertOf(VALUE_COLUMNS);
/** Of rows that have neither bid nor ask: each column that is not read saves its part of the time. */
export const INSERT_MID_BARS = insertOf(VALUE_COLUMNS.slice(0, MID_COLUMNS));

function insertOf(columns: readonly string[]): string {
  return `INSERT INTO bars (${[...FACTS, ...columns].join(", ")}) SELECT ${newValues(columns)} FROM json_each(:rows) AS new WHERE true ON CONFLICT DO NOTHING`;
}

/** True when a bar is stored in the span of the rows. */
export const HAS_STORED = `SELECT EXISTS (SELECT 1 FROM bars AS old WHERE ${IN_SPAN})`;

/** Behind the insertion of rows in whose span no bar was stored: as lower_progress, without reading them again. */
export const LOWER_PROGRESS_BEHIND = `UPDATE feature_progress SET built_until = late.start
  FROM (SELECT min(old.start) AS start FROM bars AS old WHERE ${IN_SPAN} AND old.object_key = :object AND old.ingested_at = :now
    AND EXISTS (SELECT 1 FROM feature_progress WHERE built_until > :first AND view NOT IN (${VIEWS_WITHOUT_BARS}))) AS late
  WHERE late.start IS NOT NULL AND built_until > late.start AND view NOT IN (${VIEWS_WITHOUT_BARS})`;

const CONFLICT_RAW = ["'instrument', :instrument", "'granularity', :granularity", `'start', ${START}`]
  .concat(VALUE_COLUMNS.map((name, i) => `'${name}', new.value->>${FIRST_VALUE + i}`))
  .join(", ");

/** No row is in conflict when all of the object's are in the store: its key says its content. */
const NOT_ALL_STORED = `(SELECT count(*) FROM bars AS old WHERE ${IN_SPAN} AND old.object_key = :object) < :count`;
const CONFLICTS = changedIn(rowsIf(NOT_ALL_STORED));

/** `:kept` is how many of them are kept. sqld's parser knows no HAVING without GROUP BY. */
export const COUNT_CONFLICTS = `INSERT INTO reject_counts (object_key, reason, instrument, total, kept, ingested_at)
  SELECT :object, 'duplicate_differs', instrument, found, min(found, :kept), :now
  FROM (SELECT min(old.instrument) AS instrument, count(*) AS found ${CONFLICTS}) WHERE found > 0
  ON CONFLICT (object_key, reason) DO UPDATE SET total = total + excluded.total, kept = kept + excluded.kept RETURNING total`;

/** The line's own bar is in the reject, since the first bar of this start keeps its place. */
export const INSERT_CONFLICTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT :object, ${LINE}, old.instrument, 'duplicate_differs',
    'time: ' || strftime('%Y-%m-%dT%H:%M:%SZ', old.start / 1000, 'unixepoch') || ' stands with other values, from ' || old.object_key ||
      CASE WHEN old.object_key = :object THEN '' ELSE '; import with --replace puts this one in its place' END,
    json_object(${CONFLICT_RAW}), :now
  ${CONFLICTS} ORDER BY ${LINE} LIMIT :kept
  ON CONFLICT (object_key, line) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, raw = excluded.raw RETURNING line, detail`;
