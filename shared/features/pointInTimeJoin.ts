import { type Instant, type TimeWindow, WEEK } from "../domain/instant.ts";
import type { JoinOptions } from "./isWithinTtl.ts";
import { joinIndexes, type KnownTimes } from "./joinIndexes.ts";

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

export interface JoinedRow<Entity, Row> {
  readonly entity: Entity;
  readonly row: Row | null;
}

/**
 * Left join of each entity row, at its event_time, to the feature row that was known then, in the version known then: `joinIndexes` says
 * which. Entities keep their order.
 */
export function pointInTimeJoin<Entity extends EntityRow, Row extends KnownRow>(
  entities: readonly Entity[],
  rows: readonly Row[],
  options: JoinOptions,
): JoinedRow<Entity, Row>[] {
  const moments = Float64Array.from(entities, (entity) => entity.event_time);
  const indexes = joinIndexes(moments, timesOf(rows), options);
  return entities.map((entity, at) => ({ entity, row: rows[indexes[at]!] ?? null }));
}

/** The times of rows as columns. */
export function timesOf(rows: readonly KnownRow[]): KnownTimes {
  return {
    event_time: Float64Array.from(rows, (row) => row.event_time),
    available_at: Float64Array.from(rows, (row) => row.available_at),
    created_time: Float64Array.from(rows, (row) => row.created_time),
  };
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
