import { describe, expect, it } from "vitest";
import { chooseMapKeys, mapKeyChoice } from "../../../shared/dag/mapKeys.ts";

const CONFIGURED = { instrument: ["USD_SGD", "EUR_USD"], source: ["wire"] };

describe("mapKeyChoice", () => {
  it.each([
    ["nothing", null, undefined, null],
    ["instruments alone", ["USD_SGD"], null, { instrument: ["USD_SGD"] }],
    ["sources alone", null, ["desk"], { source: ["desk"] }],
    ["both", ["USD_SGD"], ["desk"], { instrument: ["USD_SGD"], source: ["desk"] }],
  ])("%s", (_name, instruments, sources, expected) => {
    expect(mapKeyChoice(instruments, sources)).toEqual(expected);
  });
});

describe("chooseMapKeys", () => {
  it("takes what is configured of a dimension that nobody named", () => {
    expect(chooseMapKeys(null, CONFIGURED)).toEqual(CONFIGURED);
    expect(chooseMapKeys({ source: ["desk"] }, CONFIGURED)).toEqual({ instrument: ["USD_SGD", "EUR_USD"], source: ["desk"] });
  });
});
