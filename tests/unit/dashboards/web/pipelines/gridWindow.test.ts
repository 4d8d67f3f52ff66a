import { describe, expect, it } from "vitest";
import { placeAfter, scrollTo, windowOf } from "../../../../../dashboards/web/src/pages/pipelines/gridWindow.ts";

const COUNT = 500;
const column_px = 20;

describe("windowOf", () => {
  it("has every column that is seen, at whatever place the frame is scrolled to", () => {
    for (let scroll_left = 0; scroll_left <= COUNT * column_px - 900; scroll_left += 7) {
      const { from, to } = windowOf({ scroll_left, width: 900, column_px, count: COUNT });
      expect(from).toBeLessThanOrEqual(Math.floor(scroll_left / column_px));
      expect(to).toBeGreaterThanOrEqual(Math.ceil((scroll_left + 900) / column_px));
      expect(to - from).toBeLessThan(45 + 4 * 16 + 1);
    }
  });

  it("stays the same over most of a scroll", () => {
    const spans = Array.from({ length: 100 }, (_, px) => windowOf({ scroll_left: 2_000 + px, width: 900, column_px, count: COUNT }));
    expect(new Set(spans.map((span) => JSON.stringify(span))).size).toBeLessThanOrEqual(2);
  });

  it("stays within what there is, also while a frame bounces beyond its ends", () => {
    expect(windowOf({ scroll_left: -80, width: 900, column_px, count: 10 })).toEqual({ from: 0, to: 10 });
    expect(windowOf({ scroll_left: 90_000, width: 900, column_px, count: 10 })).toEqual({ from: 10, to: 10 });
    expect(windowOf({ scroll_left: 0, width: 900, column_px, count: 0 })).toEqual({ from: 0, to: 0 });
  });
});

describe("placeAfter", () => {
  const size = { runs: 30, tasks: 4 };

  it.each([
    ["ArrowRight", { run: 5, task: 1 }, { run: 6, task: 1 }],
    ["ArrowLeft", { run: 5, task: 1 }, { run: 4, task: 1 }],
    ["ArrowUp", { run: 5, task: 0 }, { run: 5, task: -1 }],
    ["ArrowDown", { run: 5, task: 1 }, { run: 5, task: 2 }],
    ["PageDown", { run: 5, task: 1 }, { run: 15, task: 1 }],
    ["PageUp", { run: 25, task: 1 }, { run: 15, task: 1 }],
    ["Home", { run: 5, task: 1 }, { run: 0, task: 1 }],
    ["End", { run: 5, task: 1 }, { run: 29, task: 1 }],
  ] as const)("goes with %s", (key, from, to) => {
    expect(placeAfter(key, from, size)).toEqual(to);
  });

  it("stops at the edges, of which the run itself is the upper", () => {
    expect(placeAfter("ArrowLeft", { run: 0, task: 0 }, size)).toEqual({ run: 0, task: 0 });
    expect(placeAfter("ArrowUp", { run: 0, task: -1 }, size)).toEqual({ run: 0, task: -1 });
    expect(placeAfter("PageDown", { run: 25, task: 3 }, size)).toEqual({ run: 29, task: 3 });
  });

  it("goes to the corners with Ctrl, and leaves other keys to the page", () => {
    expect(placeAfter("Home", { run: 5, task: 1 }, { ...size, is_far: true })).toEqual({ run: 0, task: -1 });
    expect(placeAfter("End", { run: 5, task: 1 }, { ...size, is_far: true })).toEqual({ run: 29, task: 3 });
    expect(placeAfter("Tab", { run: 5, task: 1 }, size)).toBeNull();
  });
});

describe("scrollTo", () => {
  it("moves as little as shows the column", () => {
    const frame = { scroll_left: 1_000, width: 200, column_px };
    expect(scrollTo(55, frame)).toBe(1_000);
    expect(scrollTo(10, frame)).toBe(200);
    expect(scrollTo(60, frame)).toBe(1_020);
  });
});
