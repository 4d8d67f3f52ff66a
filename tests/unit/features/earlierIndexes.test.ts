import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earlierIndexes } from "../../../shared/features/earlierIndexes.ts";
import { joinIndexes } from "../../../shared/features/joinIndexes.ts";
import { knownAt, timesOf } from "../../../shared/features/pointInTimeJoin.ts";

const TTL = { ttl_ms: 6, market_hours: false };
const row = (event_time: number, created_time = event_time) => ({ event_time, created_time, available_at: event_time });

function earlier(moments: readonly number[], rows: readonly ReturnType<typeof row>[], rows_back: number) {
  const times = timesOf(rows);
  return [...earlierIndexes(moments, joinIndexes(moments, times, TTL), times, rows_back)];
}

describe("earlierIndexes", () => {
  it.each([
    ["the rows before", [3, 2, 1], [row(1), row(2), row(3)], 1, [1, 0, -1]],
    ["none back is the row itself", [2, 9], [row(1), row(2)], 0, [1, -1]],
    ["versions of one event count once, and the last known of them is taken", [3, 4], [row(1), row(1, 4), row(2), row(3)], 2, [0, 1]],
    ["a row that was not known yet is none", [3, 5], [row(1), row(2, 4), row(3)], 1, [0, 1]],
    ["where none is joined there is none before it", [20], [row(1), row(2)], 1, [-1]],
  ])("%s", (_name, moments, rows, rows_back, expected) => {
    expect(earlier(moments, rows, rows_back)).toEqual(expected);
  });

  it("equals going over all that was known at each moment", () => {
    const rows = fc
      .array(fc.tuple(fc.nat(12), fc.nat(4)), { maxLength: 14 })
      .map((made) =>
        made
          .map(([event, delay]) => row(event, event + delay))
          .toSorted((a, b) => a.event_time - b.event_time || a.created_time - b.created_time),
      );
    fc.assert(
      fc.property(rows, fc.array(fc.nat(20), { maxLength: 8 }), fc.nat(4), (made, moments, rows_back) => {
        const naive = moments.map((moment) => {
          const known = made.filter((one) => knownAt(one) <= moment);
          const events = [...new Set(known.map(({ event_time }) => event_time))].toReversed();
          const event = events[0] !== undefined && moment - events[0] <= TTL.ttl_ms ? events[rows_back] : undefined;
          return event === undefined ? -1 : made.findLastIndex((one) => one.event_time === event && knownAt(one) <= moment);
        });
        expect(earlier(moments, made, rows_back)).toEqual(naive);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
