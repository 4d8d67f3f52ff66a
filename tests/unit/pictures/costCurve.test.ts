import { expect, it } from "vitest";
import { costCurve } from "../../pictures/costCurve.ts";

it("draws what each costs by how much work there is, on decades, and a bill of less than a dollar at the bottom", () => {
  const svg = costCurve(
    [
      { growth: 1, cloudflare: 5, turso: 0, total: 5 },
      { growth: 100, cloudflare: 60, turso: 40, total: 100 },
    ],
    "counted today",
  );
  for (const text of ["counted today", "1x", "100x", "$ 1", "$ 100", "total", "cloudflare", "turso"]) expect(svg).toContain(`>${text}<`);
  expect(svg.match(/<polyline points="[\d.]+,[\d.]+ [\d.]+,[\d.]+" fill="none" stroke="#1f2933"/g)).toHaveLength(1);
  const [, turso] = /<polyline points="([^"]+)" fill="none" stroke="#2b6cb0"/.exec(svg)!;
  // No dollar lies on the axis, 40 lie 1.6 decades above it.
  expect(turso!.split(" ")[0]).toBe("76,364");
});
