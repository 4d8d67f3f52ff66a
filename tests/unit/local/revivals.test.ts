import { describe, expect, it } from "vitest";
import { createRevivals, REVIVALS } from "../../../functions/local/processes/revivals.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";

describe("starts of a part that died", () => {
  it("are granted so often in ten minutes, each after a longer pause, and again when those are past", () => {
    const revivals = createRevivals();
    const pauses = Array.from({ length: REVIVALS }, (_, index) => revivals.grant("sqld", index));
    expect(pauses).toEqual([100, 500, 1_000, 2_000, 5_000]);
    expect(revivals.grant("sqld", 10 * MINUTE - 1)).toBeNull();
    expect(revivals.grant("sqld", 10 * MINUTE)).toBe(5_000);
    expect(revivals.grant("sqld", 30 * MINUTE)).toBe(100);
  });

  it("are counted for each part by itself", () => {
    const revivals = createRevivals();
    for (let count = 0; count < REVIVALS; count++) revivals.grant("sqld", 0);
    expect([revivals.grant("sqld", 1), revivals.grant("worker", 1)]).toEqual([null, 100]);
  });
});
