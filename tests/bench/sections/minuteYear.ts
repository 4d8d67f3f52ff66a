import { HERE, measureIn } from "../checkout.ts";
import { digits } from "../figures.ts";
import { type ImportLoad, measureImports } from "../importLoad.ts";
import type { Measured, Section } from "../section.ts";

const MONTHS = [1, 2, 3, 6, 9, 12];
/** Market hours of 31 days; twelve of them are a year's 372,000. */
const BARS_A_MONTH = 31_000;
const PLOT_COLUMNS = 40;

/** Where a year takes more than twelve months do, the bars of the plot bend. */
export const minuteYear: Section = {
  name: "minute-year",
  work: "minutes of one pair, from one month to a year",
  note: "import: the whole command; features: silver's, a month at a time, without any store",
  peer: "-",
  budget: "linear",
  run: async () => {
    const imported = await measureImports(HERE, MONTHS.map(loadOf));
    const built: Measured[] = [];
    for (const months of MONTHS) built.push(...(await measureIn(HERE, "minuteFeatures.ts", [String(months), String(BARS_A_MONTH)])));
    return [
      ...plotted(
        "import",
        imported.map(({ values }) => pointOf(values, values["command_peak_mb"])),
      ),
      ...plotted(
        "features",
        built.map(({ values }) => pointOf(values, values["peak_mb"])),
      ),
    ];
  },
};

function loadOf(months: number): ImportLoad {
  return { label: `${months} months`, pairs: ["EUR_USD"], granularity: "M1", bars: months * BARS_A_MONTH };
}

interface Point {
  readonly seconds: number;
  readonly cpu_seconds: number;
  readonly peak_mb: number;
}

function pointOf({ seconds = Number.NaN, cpu_seconds = Number.NaN }: Measured["values"], peak_mb = Number.NaN): Point {
  return { seconds, cpu_seconds, peak_mb };
}

/** A row a month count, with a bar as long as its CPU time, which other work on the machine stretches least: of equal growth the bars' ends lie on a line. */
function plotted(what: string, points: readonly Point[]): readonly Measured[] {
  const most = Math.max(...points.map(({ cpu_seconds }) => cpu_seconds));
  return points.map(({ seconds, cpu_seconds, peak_mb }, i) => {
    const bar = "#".repeat(Math.max(1, Math.round((PLOT_COLUMNS * cpu_seconds) / most)));
    const months = MONTHS[i]!;
    return {
      label: `${what}, ${months} month${months === 1 ? "" : "s"}`,
      text: `${bar.padEnd(PLOT_COLUMNS)} CPU ${digits(cpu_seconds)} s, ${digits(seconds)} s, peak ${digits(peak_mb)} MB`,
      values: { months, seconds, cpu_seconds, peak_mb },
    };
  });
}
