import type { Row } from "@libsql/client/web";
import { and, count, eq, isNotNull } from "drizzle-orm";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { BarSurroundings, RejectTotals, SurroundingsQuery } from "../../../../shared/ports/barStore.ts";
import { namedStatement, type Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { bronzeObjects } from "../schema/market.ts";
import { BAR_COLUMNS, type BarRow, toBar } from "./barRow.ts";
import type { WrittenObjects } from "./writtenObjects.ts";

/** Between two looks at whether the object before has been written, and looks after which the database is asked: it may be another isolate's. */
const LOOK_MS = 2;
const LOOKS_A_QUESTION = 25;
/** Less than a client of the import route waits for its answer. */
const PATIENCE_MS = 45 * SECOND;

type Followed = Required<NonNullable<SurroundingsQuery["import"]>>;

const SERIES = "FROM bars WHERE instrument = :instrument AND granularity = :granularity";
const COLUMNS = Object.keys(BAR_COLUMNS).join(", ");
const BEFORE = `SELECT ${COLUMNS} ${SERIES} AND start < :start ORDER BY start DESC LIMIT :count`;
const BEHIND = `SELECT ${COLUMNS} ${SERIES} AND start >= :end ORDER BY start LIMIT :count`;
const HAS_STORED = `SELECT EXISTS (SELECT 1 ${SERIES} AND start >= :start AND start < :end)`;
const KEPT_REJECTS = `SELECT counts.reason, sum(counts.kept) FROM reject_counts AS counts JOIN bronze_objects AS object ON object.key = counts.object_key
  WHERE object.import_id = :import_id AND counts.object_key <> :except_object GROUP BY counts.reason`;

/** See BarStore.surroundings. All that is read is read in one round trip. */
export async function readSurroundings(database: Database, written: WrittenObjects, query: SurroundingsQuery): Promise<BarSurroundings> {
  const { follows } = query.import ?? {};
  if (query.import && follows !== undefined) await untilWritten(database, written, { ...query.import, follows });
  const { instrument, granularity, window, count: wanted } = query;
  const around = window
    ? [BEFORE, BEHIND, HAS_STORED].map((sql) => ({ sql, args: { instrument, granularity, ...window, count: wanted } }))
    : [];
  const kept = query.import ? [{ sql: KEPT_REJECTS, args: { ...query.import, follows: null } }] : [];
  const results = await readAll(
    database,
    [...around, ...kept].map(({ sql, args }) => namedStatement(sql, args)),
  );
  const [before = [], behind = [], stored = []] = window ? results : [];
  const has_stored = Number(stored[0]?.[0] ?? 0) === 1;
  return {
    before: before.map((row) => toBar(row as unknown as BarRow)).reverse(),
    behind: behind.map((row) => toBar(row as unknown as BarRow)),
    ...(has_stored ? { has_stored } : {}),
    kept_rejects: query.import ? totalsOf(results.at(-1)!) : {},
  };
}

async function readAll(database: Database, statements: Statement[]) {
  if (statements.length === 0) return [];
  return (await database.$client.batch(statements, "read")).map(({ rows }) => rows);
}

function totalsOf(rows: readonly Row[]): RejectTotals {
  return Object.fromEntries(rows.map((row) => [String(row[0]), Number(row[1])]));
}

async function untilWritten(database: Database, written: WrittenObjects, { import_id, follows }: Followed): Promise<void> {
  const began = Date.now();
  for (let looks = 1; !written.has(import_id, follows); looks++) {
    if (looks % LOOKS_A_QUESTION === 0 && (await isWritten(database, import_id, follows))) return;
    if (Date.now() - began > PATIENCE_MS) throw notWritten(follows);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function notWritten(follows: string): AppError {
  const message = `follows: the object ${follows} of this import was not stored in ${PATIENCE_MS / SECOND} s. Send it first, or beside this one.`;
  return new AppError("store_unavailable", message, { status: 503, retryable: true, details: { field: "follows" } });
}

async function isWritten(database: Database, import_id: string, sha256: string): Promise<boolean> {
  const [row] = await database
    .select({ count: count() })
    .from(bronzeObjects)
    .where(and(eq(bronzeObjects.import_id, import_id), eq(bronzeObjects.sha256, sha256), isNotNull(bronzeObjects.validated_at)));
  return (row?.count ?? 0) > 0;
}
