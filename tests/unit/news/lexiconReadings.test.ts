import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lexiconReadings } from "./labelled/lexiconReadings.ts";

it("the lexicon reads every labelled sentence as recorded; npm run lexicon:record records a change that is meant", () => {
  const recorded = JSON.parse(readFileSync(new URL("labelled/readings.json", import.meta.url), "utf8")) as unknown;
  expect(lexiconReadings()).toEqual(recorded);
});
