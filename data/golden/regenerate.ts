import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type FeatureGolden, unversionedChanges } from "./featureGolden.ts";
import { computeMarketGolden } from "./marketGolden.ts";
import { computeNewsGolden } from "./newsGolden.ts";
import { computeOnDemandGolden } from "./onDemandGolden.ts";

/** Writes the records anew, unless a formula changed under an unchanged version: that would hide the change. */
for (const [name, computed] of [
  ["market_features.json", computeMarketGolden()],
  ["news_features.json", computeNewsGolden()],
  ["on_demand_features.json", computeOnDemandGolden()],
] as const) {
  const file = new URL(name, import.meta.url);
  const changes = existsSync(file) ? unversionedChanges(JSON.parse(readFileSync(file, "utf8")) as FeatureGolden, computed) : [];
  if (changes.length > 0) {
    console.error([`${name} was not written.`, ...changes].join("\n"));
    process.exitCode = 1;
  } else {
    writeFileSync(file, `${formatted(computed)}\n`);
    console.log(`${Object.keys(computed.values).length} features written to data/golden/${name}.`);
  }
}

/** A line a feature, so that a diff shows which one changed. */
function formatted({ rows, values }: FeatureGolden): string {
  const lines = Object.entries(values).map(([key, list]) => `    ${JSON.stringify(key)}: ${JSON.stringify(list)}`);
  return `{\n  "rows": ${JSON.stringify(rows)},\n  "values": {\n${lines.join(",\n")}\n  }\n}`;
}
