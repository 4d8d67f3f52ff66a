import { describe, expect, it } from "vitest";
import { createClock } from "../../../shared/domain/clock.ts";

describe("createClock", () => {
  it("tells the real time without a start", () => {
    let wall = 1_000;
    const clock = createClock(null, () => wall);
    expect(clock.now()).toBe(1_000);
    wall = 2_500;
    expect(clock.now()).toBe(2_500);
  });

  it("starts at the start and ticks on in real time", () => {
    let wall = 1_000_000;
    const clock = createClock(500, () => wall);
    expect(clock.now()).toBe(500);
    wall += 250;
    expect(clock.now()).toBe(750);
  });

  it("waits when the real time is set back", () => {
    let wall = 1_000;
    const clock = createClock(0, () => wall);
    wall = 1_400;
    expect(clock.now()).toBe(400);
    wall = 900;
    expect(clock.now()).toBe(400);
    wall = 1_500;
    expect(clock.now()).toBe(500);
  });
});
