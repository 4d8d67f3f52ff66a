import { and, asc, count, desc, eq, type SQL, sum } from "drizzle-orm";
import type { RejectQuery, RejectReason } from "../../../../shared/ports/barStore.ts";
import type { Database } from "../database.ts";
import { rejectCounts, rejects } from "../schema/market.ts";

type Filter = Omit<RejectQuery, "limit" | "offset">;
type Filtered = typeof rejects | typeof rejectCounts;

function matching(table: Filtered, { instrument, reason, object_key }: Filter): SQL | undefined {
  return and(
    ...(instrument === undefined ? [] : [eq(table.instrument, instrument)]),
    ...(reason === undefined ? [] : [eq(table.reason, reason)]),
    ...(object_key === undefined ? [] : [eq(table.object_key, object_key)]),
  );
}

/** Rejects, the newest first, with how many there are of each reason. */
export async function listRejects(database: Database, { limit, offset, ...filter }: RejectQuery) {
  const where = matching(rejects, filter);
  const [page, [all], counts] = await Promise.all([
    database
      .select()
      .from(rejects)
      .where(where)
      .orderBy(desc(rejects.ingested_at), asc(rejects.object_key), asc(rejects.line))
      .limit(limit)
      .offset(offset),
    database.select({ count: count() }).from(rejects).where(where),
    database
      .select({ reason: rejectCounts.reason, total: sum(rejectCounts.total).mapWith(Number), kept: sum(rejectCounts.kept).mapWith(Number) })
      .from(rejectCounts)
      .where(matching(rejectCounts, filter))
      .groupBy(rejectCounts.reason)
      .orderBy(asc(rejectCounts.reason)),
  ]);
  return { rejects: page.map((row) => ({ ...row, reason: row.reason as RejectReason })), total_entries: all?.count ?? 0, counts };
}
