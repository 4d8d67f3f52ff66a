import { describe, expect, it } from "vitest";
import { paintPng } from "../../../gpu-sidecar/pictures/paintPng.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { AppError } from "../../../shared/errors.ts";
import { roundTicks } from "../../../shared/pictures/chart.ts";
import { confusionMatrix } from "../../../shared/pictures/confusionMatrix.ts";
import { importanceBars } from "../../../shared/pictures/importanceBars.ts";
import { pnlCurve } from "../../../shared/pictures/pnlCurve.ts";
import { reliabilityCurve } from "../../../shared/pictures/reliabilityCurve.ts";

const ROWS = 1_500;
const START = Date.UTC(2025, 0, 1);

function someRows() {
  const random = createRandom(3);
  const p = Array.from({ length: ROWS }, () => 0.45 + 0.1 * random());
  const y = p.map((value) => (random() < value ? 1 : 0));
  const gross = p.map(() => (random() - 0.5) * 0.002);
  return { p, y, gross, net: gross.map((value) => value - 0.0001), event_time: p.map((_, row) => START + row * HOUR) };
}

function pictures(): Record<string, string> {
  const { p, y, gross, net, event_time } = someRows();
  const name = `"A" & <B>`;
  return {
    reliability: reliabilityCurve({ name, y, raw: p, calibrated: null }),
    calibrated: reliabilityCurve({ name, y, raw: p, calibrated: p.map((value) => 0.5 + (value - 0.5) / 2) }),
    importance: importanceBars(name, { ret_1: 0.7, vol_20: 0.3, spread_pct: 0 }),
    unused: importanceBars(name, { ret_1: 0 }),
    pnl: pnlCurve({ name, event_time, gross, net, rule: "every row" }),
    idle: pnlCurve({ name, event_time, gross: p.map(() => 0), net: p.map(() => 0), rule: "every row" }),
    confusion: confusionMatrix(name, y, p),
  };
}

describe("the pictures of a run", () => {
  it.each(Object.keys(pictures()))("%s is one SVG, with its name safe in it, the same each time, of numbers that are numbers", (name) => {
    const svg = pictures()[name]!;
    expect(svg).toBe(pictures()[name]);
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain("<title>&quot;A&quot; &amp; &lt;B&gt;:");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.length).toBeLessThan(64 * 1024);
  });

  it("counts what was said and what came", () => {
    const svg = confusionMatrix("m", [1, 1, 0, 0, 0], [0.6, 0.5, 0.4, 0.7, 0.1]);
    expect(svg).toContain("5 out-of-fold rows, 80.0 % right");
    expect([...svg.matchAll(/font-size="18"[^>]*>(\d)</g)].map(([, count]) => count)).toEqual(["2", "1", "0", "2"]);
  });

  it("a bin of the reliability curve lies at what was said and what came", () => {
    const [y, raw] = [Array.from({ length: 100 }, (_, row) => row % 2), Array.from({ length: 100 }, () => 0.5)];
    const dots = [...reliabilityCurve({ name: "m", y, raw, calibrated: null }).matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
    expect(dots).toHaveLength(10);
    expect(new Set(dots.map(([, x]) => x)).size).toBe(1);
  });

  it("paints each as PNG, the same bytes each time", { timeout: 60_000 }, async () => {
    for (const svg of Object.values(pictures())) {
      const [first, second] = [await paintPng(svg), await paintPng(svg)];
      expect([...first.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      expect(sha256Hex(first)).toBe(sha256Hex(second));
      expect(first.length).toBeGreaterThan(2_000);
    }
  });

  it("refuses what is no SVG", async () => {
    await expect(paintPng("<html></html>")).rejects.toThrow(AppError);
  });
});

describe("roundTicks", () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-3, 7, [-2, 0, 2, 4, 6]],
    [0.451, 0.559, [0.46, 0.48, 0.5, 0.52, 0.54]],
  ])("from %d to %d", (from, to, expected) => {
    const ticks = roundTicks({ from, to });
    expect(ticks).toHaveLength(expected.length);
    for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo(expected[index]!, 9);
  });
});
