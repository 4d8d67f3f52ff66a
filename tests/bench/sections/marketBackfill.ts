import { HERE, measureIn } from "../checkout.ts";
import type { Section } from "../section.ts";

const CHILD = "marketBackfill.ts";

export const marketBackfill: Section = {
  name: "market-backfill",
  work: "market features backfilled by days, 7 instruments",
  note: "wrangler dev with all parts of the stack, candles of the sandbox collected before, no feature row there; FX_BENCH_BACKFILL_DAYS for another span",
  peer: "-",
  budget: "-",
  run: () => measureIn(HERE, CHILD),
  runIn: (checkout) => measureIn(checkout, CHILD),
};
