import { and, asc, count, desc, eq, isNull, lt, max, min } from "drizzle-orm";
import type { Bar } from "../../../../shared/domain/bar.ts";
import type { Granularity } from "../../../../shared/domain/granularity.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Instrument } from "../../../../shared/domain/instrument.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { BarStore, BronzeObject, MarketKind, MarketOrigin } from "../../../../shared/ports/barStore.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";
import { bars, bronzeObjects, storeFacts } from "../schema/market.ts";
import { readBarColumns } from "./barColumns.ts";
import { listRejects } from "./barRejects.ts";
import { BAR_COLUMNS, toBar } from "./barRow.ts";
import { readSurroundings } from "./barSurroundings.ts";
import { writeBars } from "./barWrite.ts";
import { bronzeStatement } from "./bronzeManifest.ts";
import { WrittenObjects } from "./writtenObjects.ts";

const MARKET_FACT = "market";
/** Bars a query: about 3 MB of an answer that sqld cuts off at 10 MB unless told otherwise. */
const PAGE_BARS = 10_000;

/** Bronze manifests, bars and rejects in libSQL. */
export function createBarStore(database: Database): BarStore {
  const written = new WrittenObjects();
  // What the store holds is never changed: it is asked for once.
  let held: MarketKind | null = null;
  return {
    claimMarket: async (origin, brings = "prices") => {
      if (held !== marketOf(origin)) held = await withStore(() => claimMarket(database, origin, brings));
    },
    market: () => withStore(() => readMarket(database)),
    addBronze: (object) => withStore(async () => void (await database.$client.execute(bronzeStatement(object)))),
    pendingBronze: (instrument) => withStore(() => pendingBronze(database, instrument)),
    write: (write) => withStore(() => written.note(write, writeBars(database, write))),
    readColumns: (spans, names) => withStore(() => readBarColumns(database, spans, names)),
    readLast: (instrument, granularity, before, wanted) => withStore(() => readLast(database, instrument, granularity, before, wanted)),
    surroundings: (query) => withStore(() => readSurroundings(database, written, query)),
    rejects: (query) => withStore(() => listRejects(database, query)),
    lastStarts: (instrument, granularity, before) => withStore(() => lastStarts(database, instrument, granularity, before)),
    lastStart: (instrument, granularity) =>
      withStore(async () => {
        const [row] = await database
          .select({ last: max(bars.start) })
          .from(bars)
          .where(of(instrument, granularity));
        return row?.last ?? null;
      }),
    coverage: () => withStore(() => coverage(database)),
  };
}

function marketOf(origin: MarketOrigin): MarketKind {
  return origin === "sandbox" ? "simulated" : "real";
}

async function claimMarket(database: Database, origin: MarketOrigin, brings: "prices" | "news"): Promise<MarketKind> {
  const wanted = marketOf(origin);
  const held = (await readMarket(database)) ?? (await addMarket(database, wanted));
  if (held === wanted) return held;
  throw new AppError(
    "mixed_markets",
    `This store holds ${held} prices, and ${wanted} ${brings === "prices" ? "ones" : brings} (${origin}) were to be added. The two are never mixed: use another store, with --store NAME.`,
    { status: 409, details: { held, wanted, origin } },
  );
}

async function readMarket(database: Database): Promise<MarketKind | null> {
  const [fact] = await database.select().from(storeFacts).where(eq(storeFacts.key, MARKET_FACT));
  return (fact?.value as MarketKind | undefined) ?? null;
}

/** The first claim wins; what it was is read back, since another writer may have been faster. */
async function addMarket(database: Database, kind: MarketKind): Promise<MarketKind | null> {
  await database.insert(storeFacts).values({ key: MARKET_FACT, value: kind }).onConflictDoNothing();
  return readMarket(database);
}

async function pendingBronze(database: Database, instrument: Instrument): Promise<readonly BronzeObject[]> {
  const rows = await database
    .select()
    .from(bronzeObjects)
    .where(and(eq(bronzeObjects.instrument, instrument), isNull(bronzeObjects.validated_at)))
    .orderBy(asc(bronzeObjects.ingested_at), asc(bronzeObjects.window_start), asc(bronzeObjects.key));
  return rows.map(({ window_start, window_end, validated_at: _, import_id, replaces, accepts_spikes, ...row }) => ({
    ...row,
    origin: row.origin as MarketOrigin,
    granularity: row.granularity as Granularity,
    window: { start: window_start, end: window_end },
    ...(import_id === null ? {} : { wishes: { import_id, replaces, accepts_spikes } }),
  }));
}

async function readLast(database: Database, instrument: Instrument, granularity: Granularity, before: Instant, wanted: number) {
  const newestFirst: Bar[] = [];
  for (let end = before; newestFirst.length < wanted; ) {
    const limit = Math.min(PAGE_BARS, wanted - newestFirst.length);
    const page = await database
      .select(BAR_COLUMNS)
      .from(bars)
      .where(and(of(instrument, granularity), lt(bars.start, end)))
      .orderBy(desc(bars.start))
      .limit(limit);
    for (const row of page) newestFirst.push(toBar(row));
    const earliest = page.at(-1);
    if (!earliest || page.length < limit) break;
    end = earliest.start;
  }
  return newestFirst.reverse();
}

const LAST_STARTS = `SELECT (SELECT max(start) FROM bars WHERE instrument = ?1 AND granularity = ?2 AND start < m.value) AS last
  FROM json_each(?3) m ORDER BY m.key`;

async function lastStarts(database: Database, instrument: Instrument, granularity: Granularity, before: readonly Instant[]) {
  const { rows } = await database.$client.execute({ sql: LAST_STARTS, args: [instrument, granularity, JSON.stringify(before)] });
  return rows.map((row) => readRow(row).integerOrNull("last"));
}

async function coverage(database: Database) {
  const rows = await database
    .select({
      instrument: bars.instrument,
      granularity: bars.granularity,
      first_start: min(bars.start),
      last_start: max(bars.start),
      bars: count(),
    })
    .from(bars)
    .groupBy(bars.instrument, bars.granularity)
    .orderBy(asc(bars.instrument), asc(bars.granularity));
  return rows.map((row) => ({
    ...row,
    granularity: row.granularity as Granularity,
    first_start: row.first_start ?? 0,
    last_start: row.last_start ?? 0,
  }));
}

function of(instrument: Instrument, granularity: Granularity) {
  return and(eq(bars.instrument, instrument), eq(bars.granularity, granularity));
}
