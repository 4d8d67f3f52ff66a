import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { HERE } from "../checkout.ts";
import { type ImportLoad, measureImports } from "../importLoad.ts";
import type { Section } from "../section.ts";

const LOADS: readonly ImportLoad[] = [
  { label: "119,000 hourly bars of seven pairs", pairs: DEFAULT_INSTRUMENTS, granularity: "H1", bars: 17_000 },
  { label: "one month of minutes of one pair", pairs: ["EUR_USD"], granularity: "M1", bars: 31_000 },
  { label: "one year of minutes of one pair", pairs: ["EUR_USD"], granularity: "M1", bars: 372_000 },
];

export const importCandles: Section = {
  name: "import",
  work: "fx import candles, the whole command, on a stack that runs",
  note: "generated CSV files, packed",
  peer: "-",
  budget: ">= 60,000 bars/s",
  run: () => measureImports(HERE, LOADS),
  runIn: (checkout) => measureImports(checkout, LOADS),
};
