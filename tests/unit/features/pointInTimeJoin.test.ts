import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, requireInstant, WEEK } from "../../../shared/domain/instant.ts";
import { openMarketMs } from "../../../shared/domain/marketCalendar.ts";
import { isWithinTtl, type JoinOptions } from "../../../shared/features/isWithinTtl.ts";
import { joinedWindow, type KnownRow, pointInTimeJoin } from "../../../shared/features/pointInTimeJoin.ts";

interface Row extends KnownRow {
  readonly id: number;
}

const WALL: JoinOptions = { ttl_ms: 100, market_hours: false };
const row = (id: number, event_time: number, available_at = event_time, created_time = available_at): Row => ({
  id,
  event_time,
  available_at,
  created_time,
});
const joinedIds = (times: readonly number[], rows: readonly Row[], options = WALL) =>
  pointInTimeJoin(
    times.map((event_time) => ({ event_time })),
    rows,
    options,
  ).map((joined) => joined.row?.id ?? null);

describe("pointInTimeJoin", () => {
  it("takes the latest row at or before the entity's time", () => {
    expect(joinedIds([9, 10, 15, 20, 25], [row(1, 10), row(2, 20)])).toEqual([null, 1, 1, 2, 2]);
  });

  it("does not see a row before it is available, nor a version before it is created", () => {
    expect(joinedIds([14, 15], [row(1, 10), row(2, 12, 15)])).toEqual([1, 2]);
    expect(joinedIds([14, 15], [row(1, 10), row(2, 12, 12, 15)])).toEqual([1, 2]);
  });

  it("a late row does not displace one that describes a later time", () => {
    expect(joinedIds([30], [row(1, 20), row(2, 10, 25)])).toEqual([1]);
  });

  it("takes the newest version of a time, and of those known", () => {
    const versions = [row(1, 10, 10, 10), row(2, 10, 10, 20), row(3, 10, 10, 30)];
    expect(joinedIds([15, 20, 29, 30], versions)).toEqual([1, 2, 2, 3]);
  });

  it("both ends of the TTL are inclusive", () => {
    expect(joinedIds([10, 110, 111], [row(1, 10)])).toEqual([1, 1, null]);
  });

  it("is a left join in the entities' own order, with their other fields", () => {
    const entities = [
      { event_time: 30, label: 1 },
      { event_time: 5, label: 0 },
      { event_time: 20, label: 1 },
    ];
    const joined = pointInTimeJoin(entities, [row(2, 25), row(1, 10)], WALL);
    expect(joined.map(({ entity, row: found }) => [entity, found?.id ?? null])).toEqual([
      [entities[0], 2],
      [entities[1], null],
      [entities[2], 1],
    ]);
    expect(pointInTimeJoin([], [row(1, 10)], WALL)).toEqual([]);
  });

  it("equals a nested loop over all pairs", () => {
    const time = fc.integer({ min: 0, max: 60 });
    const rows = fc.array(fc.tuple(time, time, time), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 30 }), rows, fc.integer({ min: 0, max: 30 }), (times, tuples, ttl_ms) => {
        const candidates = tuples.map(([event, available, created], id) => row(id, event, available, created));
        const found = joinedIds(times, candidates, { ttl_ms, market_hours: false });
        for (const [i, at] of times.entries()) {
          const allowed = candidates.filter(
            (r) => r.available_at <= at && r.created_time <= at && r.event_time <= at && r.event_time >= at - ttl_ms,
          );
          const latest = Math.max(...allowed.map((r) => r.event_time));
          const newest = Math.max(...allowed.filter((r) => r.event_time === latest).map((r) => r.created_time));
          const winners = allowed.filter((r) => r.event_time === latest && r.created_time === newest).map((r) => r.id);
          if (winners.length === 0) expect(found[i]).toBeNull();
          else expect(winners).toContain(found[i]);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe("TTL in market hours", () => {
  const at = (text: string) => requireInstant(text, "time");
  const TTL: JoinOptions = { ttl_ms: 2 * HOUR, market_hours: true };
  const friday_close = at("2025-06-27T21:00:00Z");

  it.each([
    ["2025-06-29T21:00:00Z", true, "the market opens on Sunday"],
    ["2025-06-29T23:00:00Z", true, "two market hours later"],
    ["2025-06-29T23:00:00.001Z", false, "a millisecond more"],
    ["2025-06-28T12:00:00Z", true, "on Saturday"],
    ["2030-06-28T12:00:00Z", false, "years later"],
  ])("Friday's last row at %s: %s (%s)", (time, expected) => {
    expect(isWithinTtl(friday_close, at(time), TTL)).toBe(expected);
    expect(joinedIds([at(time)], [row(1, friday_close)], TTL)).toEqual([expected ? 1 : null]);
  });

  it("on the wall clock the same row is too old when Sunday opens", () => {
    expect(isWithinTtl(friday_close, at("2025-06-29T21:00:00Z"), { ...TTL, market_hours: false })).toBe(false);
  });

  it("a row of the future is never fresh", () => {
    expect(isWithinTtl(friday_close + 1, friday_close, TTL)).toBe(false);
  });

  it("agrees with the calendar's count of open hours", () => {
    const start = at("2025-12-20T00:00:00Z");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 90 }),
        (from, span, ttl) => {
          const [event, as_of] = [start + from * (HOUR / 2), start + (from + span) * (HOUR / 2)];
          const expected = openMarketMs(event, as_of) <= ttl * HOUR || as_of - event <= ttl * HOUR;
          expect(isWithinTtl(event, as_of, { ttl_ms: ttl * HOUR, market_hours: true })).toBe(expected);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe("what is read of a view that is joined to a window", () => {
  const window = { start: Date.UTC(2025, 5, 25), end: Date.UTC(2025, 5, 26) };

  it.each([
    ["a time to live in market hours reaches a week further back", true, 2 * HOUR + WEEK],
    ["one in hours reaches so far back", false, 2 * HOUR],
  ])("%s", (_what, market_hours, back) => {
    expect(joinedWindow(window, { ttl_ms: 2 * HOUR, market_hours })).toEqual({ start: window.start - back, end: window.end });
  });
});
