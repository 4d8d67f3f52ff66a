import type { MonthlyCost } from "../../shared/deployment/monthlyCost.ts";
import { chart } from "../../shared/pictures/chart.ts";
import { COLORS, svgLine, svgText } from "../../shared/pictures/svg.ts";

export interface GrownCost extends Pick<MonthlyCost, "cloudflare" | "turso" | "total"> {
  /** How many times as much work as what was measured. */
  readonly growth: number;
}

const LINES = [
  { of: "total", color: COLORS.ink, width: 2 },
  { of: "cloudflare", color: COLORS.second, width: 1.5 },
  { of: "turso", color: COLORS.first, width: 1.5 },
] as const;

/** What a month costs by how much work there is, both by powers of ten: a bill that grew with the work would rise by a decade for each. */
export function costCurve(costs: readonly GrownCost[], note: string): string {
  const decades = (value: number) => Math.log10(Math.max(value, 1));
  const highest = Math.ceil(Math.max(...costs.map(({ total }) => decades(total))));
  const ticks = (last: number) => Array.from({ length: last + 1 }, (_, decade) => decade);
  const widest = Math.ceil(Math.max(...costs.map(({ growth }) => decades(growth))));
  return chart(
    {
      title: "A month on Workers Paid and Turso",
      note,
      x: {
        from: 0,
        to: widest,
        name: "instruments x years of history, times what was measured",
        tick: (value) => `${10 ** value}x`,
        ticks: ticks(widest),
      },
      y: { from: 0, to: highest, name: "dollars a month", tick: (value) => `$ ${10 ** value}`, ticks: ticks(highest) },
    },
    (at) =>
      LINES.flatMap(({ of, color, width }, index) => [
        svgLine(
          costs.map((cost) => at(decades(cost.growth), decades(cost[of]))),
          color,
          width,
        ),
        svgText(at(0.05, highest - 0.15 - 0.15 * index), of, { color }),
      ]),
  );
}
