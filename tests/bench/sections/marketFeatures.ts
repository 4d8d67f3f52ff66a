import { HERE, measureIn } from "../checkout.ts";
import type { Section } from "../section.ts";

const CHILD = "marketFeatures.ts";

export const marketFeatures: Section = {
  name: "market-features",
  work: "the market's features of a year, silver and gold, without any store",
  note: "CPU time; the peer has comparable columns of one pair, indicators of infinite memory among them",
  peer: "pandas + TA-Lib 26 ms a pair, polars 40 ms",
  budget: "<= 26 ms a pair",
  run: () => measureIn(HERE, CHILD),
  runIn: (checkout) => measureIn(checkout, CHILD),
};
