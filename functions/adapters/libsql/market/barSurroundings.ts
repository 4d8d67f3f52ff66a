import { and, asc, count, desc, eq, gte, isNotNull, lt, ne, sum } from "drizzle-orm";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { BarSurroundings, SurroundingsQuery } from "../../../../shared/ports/barStore.ts";
import type { Database } from "../database.ts";
import { bars, bronzeObjects, rejectCounts } from "../schema/market.ts";
import { BAR_COLUMNS, toBar } from "./barRow.ts";
import type { WrittenObjects } from "./writtenObjects.ts";

/** Between two looks at whether the object before has been written, and looks after which the database is asked: it may be another isolate's. */
const LOOK_MS = 2;
const LOOKS_A_QUESTION = 25;
/** Less than a client of the import route waits for its answer. */
const PATIENCE_MS = 45 * SECOND;

type Followed = Required<NonNullable<SurroundingsQuery["import"]>>;

/** See BarStore.surroundings. */
export async function readSurroundings(database: Database, written: WrittenObjects, query: SurroundingsQuery): Promise<BarSurroundings> {
  const { follows } = query.import ?? {};
  if (query.import && follows !== undefined) await untilWritten(database, written, { ...query.import, follows });
  const [before, behind, kept] = await Promise.all([
    query.window ? readBefore(database, query, query.window.start) : [],
    query.window ? readBehind(database, query, query.window.end) : [],
    query.import ? keptRejects(database, query.import) : {},
  ]);
  return { before, behind, kept_rejects: kept };
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

async function readBefore(database: Database, { instrument, granularity, count: wanted }: SurroundingsQuery, start: number) {
  const page = await database
    .select(BAR_COLUMNS)
    .from(bars)
    .where(and(eq(bars.instrument, instrument), eq(bars.granularity, granularity), lt(bars.start, start)))
    .orderBy(desc(bars.start))
    .limit(wanted);
  return page.map(toBar).reverse();
}

async function readBehind(database: Database, { instrument, granularity, count: wanted }: SurroundingsQuery, end: number) {
  const page = await database
    .select(BAR_COLUMNS)
    .from(bars)
    .where(and(eq(bars.instrument, instrument), eq(bars.granularity, granularity), gte(bars.start, end)))
    .orderBy(asc(bars.start))
    .limit(wanted);
  return page.map(toBar);
}

async function keptRejects(database: Database, { import_id, except_object }: NonNullable<SurroundingsQuery["import"]>) {
  const rows = await database
    .select({ reason: rejectCounts.reason, kept: sum(rejectCounts.kept).mapWith(Number) })
    .from(rejectCounts)
    .innerJoin(bronzeObjects, eq(bronzeObjects.key, rejectCounts.object_key))
    .where(and(eq(bronzeObjects.import_id, import_id), ne(rejectCounts.object_key, except_object)))
    .groupBy(rejectCounts.reason);
  return Object.fromEntries(rows.map(({ reason, kept }) => [reason, kept]));
}
