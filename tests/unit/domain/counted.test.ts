import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { amountOf } from "../../../dashboards/web/src/format/amountOf.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCES = ["shared", "functions", "gpu-sidecar", "client", "dashboards/web/src"];

describe("a number of things", () => {
  it("has its noun in the singular with one alone", () => {
    expect([0, 1, 2].map((count) => counted(count, "training row"))).toEqual(["0 training rows", "1 training row", "2 training rows"]);
    expect([1, 3].map((count) => counted(count, "try", "tries"))).toEqual(["1 try", "3 tries"]);
    expect([1, 2].map((count) => byCount(count, "is", "are"))).toEqual(["is", "are"]);
  });

  it("is grouped and shortened on the pages, and a dash where it is not known", () => {
    expect([1, 1_234, 12_300, null].map((count) => amountOf(count, "row"))).toEqual(["1 row", "1,234 rows", "12.3 k rows", "– rows"]);
  });
});

/** `${expression} nouns` in a text, and `{expression} nouns` in markup; up to two words may stand between. */
const SAID = /\{((?:[^{}`]|\{[^{}]*\})+)\} ((?:[a-z]+ ){0,2}?([a-z]+))\b(?!=)/g;
const COUNTED = /\b(?:counted|amountOf)\((?:[^()"`]|\([^()]*\))+, "([a-z ]+)"(?:, "([a-z ]+)")?/g;

/** As numbers of things are written: a length, a size, a sum, or the name of the things themselves. */
const isNumber = (expression: string, nouns: ReadonlySet<string>) =>
  /\.(?:length|size)(?: - \w+)?\)?$/.test(expression) ||
  [...nouns, "total", "count", "n", "left", "waiting", "more"].includes(/(?:^|[._])([a-z]+)$/.exec(expression)?.[1] ?? "");

/** Where the words are right as they are. */
const RIGHT_AS_THEY_ARE: readonly string[] = [
  // Bounds, which are far above one.
  "shared/historical/entityRows.ts: {max_rows} rows",
  "shared/contracts/route/readBody.ts: {max_bytes} bytes",
  "functions/adapters/news/readLimited.ts: {max_bytes} bytes",
  // Said of more than one alone.
  "functions/local/commands/featuresFreshness.ts: {rows.length} are",
  "dashboards/web/src/pages/features/FeatureTable.tsx: {models.length} models",
  "dashboards/web/src/pages/features/RowTable.tsx: {rows.length} features",
  "dashboards/web/src/pages/features/ValuesInTime.tsx: {days} days",
  "dashboards/web/src/pages/models/horizonName.ts: {bars} hours",
  "dashboards/web/src/pages/news/NewsPage.tsx: {total_entries} are",
  "dashboards/web/src/pages/pipelines/GridReadout.tsx: {tries} tries",
  "dashboards/web/src/pages/predictions/Contributions.tsx: {rest.count} others",
  "dashboards/web/src/pages/quality/DriftHistogram.tsx: {own.length} features",
];

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("node_modules"))
    .map((path) => join(folder, path));
}

describe("the words of the sources", () => {
  const texts = SOURCES.flatMap(filesOf).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const nouns = new Set(
    texts.flatMap(({ text }) => [...text.matchAll(COUNTED)].map(([, one, others]) => (others ?? `${one}s`).split(" ").at(-1)!)),
  );

  it("leave the singular of no noun to chance that is counted anywhere", () => {
    expect(nouns.size).toBeGreaterThan(20);
    const left = texts.flatMap(({ path, text }) =>
      [...text.matchAll(SAID)]
        .filter(([, expression, , noun]) => nouns.has(noun!) && isNumber(expression!, nouns))
        .map(([, expression, words]) => `${path}: {${expression}} ${words}`),
    );
    expect(left.filter((one) => !RIGHT_AS_THEY_ARE.includes(one))).toEqual([]);
  });
});
