import { HERE, measureIn } from "../checkout.ts";
import { digits } from "../figures.ts";
import { measurePandas, PYTHON_VARIABLE } from "../pandasPeer.ts";
import type { Measured, Section } from "../section.ts";

const CHILD = "marketFeatures.ts";

export const marketFeatures: Section = {
  name: "market-features",
  work: "the market's features of a year, silver and gold, without any store",
  note: "CPU time; the peer has comparable columns of the same bars, indicators of infinite memory among them",
  peer: "pandas + TA-Lib 26 ms a pair, polars 40 ms",
  budget: "<= 26 ms a pair",
  run: async () => {
    const measured = await measureIn(HERE, CHILD);
    return [...measured, await besidePandas(measured.find(({ label }) => label.endsWith("gold alone")))];
  },
  runIn: (checkout) => measureIn(checkout, CHILD),
};

/** Side by side, in the same minute on the same machine. */
async function besidePandas(gold: Measured | undefined): Promise<Measured> {
  const label = "gold's columns beside comparable ones of pandas + TA-Lib";
  const python = process.env[PYTHON_VARIABLE];
  const own_ms = gold?.values["least_cpu_ms"];
  if (python === undefined || own_ms === undefined) {
    return { label, text: `not measured: ${PYTHON_VARIABLE} names no Python (tests/bench/peers/requirements.txt)`, values: {} };
  }
  const { columns, first_cpu_ms, least_cpu_ms } = await measurePandas(python);
  const ratio = own_ms / least_cpu_ms;
  return {
    label,
    text: `${digits(ratio)} x: ${digits(own_ms)} ms here, there ${digits(least_cpu_ms)} ms (${digits(first_cpu_ms)} the first time) for ${columns} columns`,
    values: { own_least_cpu_ms: own_ms, peer_least_cpu_ms: least_cpu_ms, peer_first_cpu_ms: first_cpu_ms, ratio },
    budget: "<= 1.0 x",
  };
}
