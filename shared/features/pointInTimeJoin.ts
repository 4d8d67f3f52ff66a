import { DAY, type Instant, type TimeWindow, WEEK } from "../domain/instant.ts";
import { openMarketMs } from "../domain/marketCalendar.ts";

/** A moment at which an answer is wanted, with whatever else the row carries. */
export interface EntityRow {
  readonly event_time: Instant;
}

/** What a feature row must say about its times to be joined. */
export interface KnownRow {
  readonly event_time: Instant;
  readonly available_at: Instant;
  readonly created_time: Instant;
}

export interface JoinOptions {
  /** Oldest row that still counts, inclusive. */
  readonly ttl_ms: number;
  /** Age in hours of open market, so that Friday's last row is fresh when Sunday opens. Otherwise on the wall clock. */
  readonly market_hours: boolean;
}

export interface JoinedRow<Entity, Row> {
  readonly entity: Entity;
  readonly row: Row | null;
}

/**
 * Left join of each entity row, at its event_time T, to the feature row of latest event_time (then latest created_time, then
 * last given) among those with event_time <= T, available_at <= T, created_time <= T and age at most the TTL: what was known then, in
 * the version known then. Both ends are inclusive. Entities keep their order.
 *
 * A merge, O(n + m) when both sides ascend (features by the moment they became known), after a sort otherwise: rows
 * become known one after another, and of those known the best by (event_time, created_time) is kept. An older one cannot
 * win later, and when the best is too old, all are.
 */
export function pointInTimeJoin<Entity extends EntityRow, Row extends KnownRow>(
  entities: readonly Entity[],
  rows: readonly Row[],
  options: JoinOptions,
): JoinedRow<Entity, Row>[] {
  const arrivals = ascending(rows, knownAt);
  const joined = new Map<number, JoinedRow<Entity, Row>>();
  let best: Row | null = null;
  let next = 0;
  for (const { item: entity, index } of ascending(entities, (row) => row.event_time)) {
    for (; next < arrivals.length && knownAt(arrivals[next]!.item) <= entity.event_time; next++) {
      best = newer(best, arrivals[next]!.item);
    }
    const isFresh = best !== null && isWithinTtl(best.event_time, entity.event_time, options);
    joined.set(index, { entity, row: isFresh ? best : null });
  }
  return entities.map((_entity, index) => joined.get(index)!);
}

/** True when a row of `event_time` may be used at `as_of`, not before it and not later than the TTL allows. */
export function isWithinTtl(event_time: Instant, as_of: Instant, { ttl_ms, market_hours }: JoinOptions): boolean {
  if (event_time > as_of) return false;
  if (as_of - event_time <= ttl_ms) return true;
  if (!market_hours) return false;
  // A day at a time, so that a row of years ago is refused after a few days of the calendar and not after all of them.
  let age = 0;
  for (let at = event_time; at < as_of; at += DAY) {
    age += openMarketMs(at, Math.min(at + DAY, as_of));
    if (age > ttl_ms) return false;
  }
  return true;
}

/**
 * What is to be read of a view that is joined to moments of the window: its newest row at the first of them may be older than the window.
 * In market hours a week more is enough, as the market is closed for two days of it.
 */
export function joinedWindow({ start, end }: TimeWindow, { ttl_ms, market_hours }: JoinOptions): TimeWindow {
  return { start: start - ttl_ms - (market_hours ? WEEK : 0), end };
}

/** When a row, in this version of it, could first be used. */
export function knownAt(row: KnownRow): Instant {
  return Math.max(row.event_time, row.available_at, row.created_time);
}

function newer<Row extends KnownRow>(best: Row | null, row: Row): Row {
  if (best === null || row.event_time > best.event_time) return row;
  return row.event_time === best.event_time && row.created_time >= best.created_time ? row : best;
}

interface Indexed<Item> {
  readonly item: Item;
  readonly index: number;
}

function ascending<Item>(items: readonly Item[], key: (item: Item) => Instant): readonly Indexed<Item>[] {
  const indexed = items.map((item, index) => ({ item, index }));
  const isSorted = items.every((item, i) => i === 0 || key(items[i - 1]!) <= key(item));
  return isSorted ? indexed : indexed.sort((a, b) => key(a.item) - key(b.item));
}
