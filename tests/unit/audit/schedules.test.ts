import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import { answeringModels, SCHEDULES, type Schedule, trainingMoments } from "../../audit/schedules.ts";

const START = Date.UTC(2024, 0, 1, 16);

describe("trainingMoments", () => {
  it.each<[Schedule, number]>([
    ["daily", 56],
    ["weekly", 8],
    ["monthly", 2],
    ["once", 1],
  ])("trains %s %i times in eight weeks, from their first moment on", (schedule, trainings) => {
    const moments = trainingMoments(schedule, START, START + 56 * DAY);
    expect(moments).toHaveLength(trainings);
    expect(moments[0]).toBe(START);
  });

  it("gives each schedule moments that a more frequent one has too, so that what differs between them is the schedule", () => {
    const of = (schedule: Schedule) => trainingMoments(schedule, START, START + 100 * DAY);
    for (const schedule of Object.keys(SCHEDULES) as Schedule[]) expect(of("daily")).toEqual(expect.arrayContaining(of(schedule)));
  });
});

describe("answeringModels", () => {
  it("asks no model at the moment when it comes, and the newest after it", () => {
    const models = [START, START + DAY];
    const hours = [START - HOUR, START, START + 1, START + DAY, START + DAY + 1, START + 9 * DAY];
    expect([...answeringModels(models, hours)]).toEqual([-1, -1, 0, 0, 1, 1]);
  });

  it("never lets a model answer an hour at or before its knowledge time, nor leaves a newer one unasked", () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(moments, fc.array(fc.integer({ min: -10, max: 510 }), { maxLength: 80 }), (known, hours) => {
        const available_at = [...known].sort((one, other) => one - other);
        for (const [index, model] of answeringModels(available_at, hours).entries()) {
          const hour = hours[index]!;
          if (model >= 0) expect(available_at[model]!).toBeLessThan(hour);
          expect(available_at[model + 1] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(hour);
        }
      }),
    );
  });

  it("refuses models that are not in the order in which they came", () => {
    expect(() => answeringModels([START, START], [START])).toThrow("model 1 is not newer");
    expect(() => answeringModels([START + 1, START], [START])).toThrow("model 1 is not newer");
  });
});
