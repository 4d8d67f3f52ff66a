import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";
import { wholeMoments } from "../../../shared/validation/wholeMoments.ts";

/** Rows of each moment, and how long its labels last. */
const moments = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 })), { minLength: 12, maxLength: 60 });

describe("wholeMoments", () => {
  it("tests every moment's rows together, and all of them but those that the first block left", () => {
    fc.assert(
      fc.property(moments, (drawn) => {
        const event_times = drawn.flatMap(([rows], moment) => Array<number>(rows).fill(moment));
        const label_ends = drawn.flatMap(([rows, length], moment) => Array<number>(rows).fill(moment + (moment === 0 ? 0 : length)));
        const cut = purgedWalkForward({ event_times, label_ends, folds: 2, min_train_rows: 12, embargo_ms: 0 });
        const folds = wholeMoments(cut, event_times);
        for (const [index, { train, test }] of folds.entries()) {
          expect(event_times[test.start - 1]).not.toBe(event_times[test.start] ?? Number.POSITIVE_INFINITY);
          expect(test.start).toBeGreaterThanOrEqual(cut[index]!.test.start);
          expect(test.start).toBe(folds[index - 1]?.test.end ?? test.start);
          const first = event_times[test.start] ?? Number.POSITIVE_INFINITY;
          for (const end of label_ends.slice(0, train.end)) expect(end).toBeLessThanOrEqual(first);
        }
        expect(folds.at(-1)!.test.end).toBe(event_times.length);
      }),
    );
  });

  it("leaves the folds of one instrument as they are", () => {
    const event_times = Array.from({ length: 40 }, (_, hour) => hour);
    const folds = purgedWalkForward({ event_times, label_ends: event_times, folds: 3, min_train_rows: 10, embargo_ms: 0 });
    expect(wholeMoments(folds, event_times)).toEqual(folds);
  });
});
