import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { computeMarketGolden, type MarketGolden, unversionedChanges } from "./marketGolden.ts";

/** Writes market_features.json anew, unless a formula changed under an unchanged version: that would hide the change. */
const file = new URL("market_features.json", import.meta.url);
const computed = computeMarketGolden();
const changes = existsSync(file) ? unversionedChanges(JSON.parse(readFileSync(file, "utf8")) as MarketGolden, computed) : [];

if (changes.length > 0) {
  console.error(["Nothing was written.", ...changes].join("\n"));
  process.exitCode = 1;
} else {
  writeFileSync(file, `${formatted(computed)}\n`);
  console.log(`${Object.keys(computed.values).length} features written to data/golden/market_features.json.`);
}

/** A line a feature, so that a diff shows which one changed. */
function formatted({ rows, values }: MarketGolden): string {
  const lines = Object.entries(values).map(([key, list]) => `    ${JSON.stringify(key)}: ${JSON.stringify(list)}`);
  return `{\n  "rows": ${JSON.stringify(rows)},\n  "values": {\n${lines.join(",\n")}\n  }\n}`;
}
