import { describe, expect, it } from "vitest";
import { createEntityRows, readMoment } from "../../../shared/historical/entityRows.ts";
import { selectFeatures } from "../../../shared/historical/featureSelection.ts";

const T = Date.UTC(2025, 5, 27, 12);

describe("the moment of an entity row", () => {
  it.each([
    ["2025-06-27T12:00:00Z", T],
    ["2025-06-27T14:00:00+02:00", T],
    ["2025-06-27T12:00:00.1Z", T + 100],
    ["2025-06-27T12:00:00.1234Z", T + 123.4],
    ["2025-06-27T12:00:00.123456Z", T + 123.456],
    ["1750852800.000000000", null],
    ["soon", null],
    [5, null],
    [null, null],
  ])("%j is %d", (text, expected) => {
    expect(readMoment(text)).toBe(expected);
  });
});

describe("entity rows", () => {
  const fieldOf = (column: string) => `entities.${column}[0]`;
  const add = (name: unknown, time: unknown) => createEntityRows(5).add(name, time, fieldOf);

  it.each<[unknown, RegExp]>([
    [5, /^entities\.event_timestamp\[0\].*5 is a number, and nobody can tell of which unit/],
    [5n, /5 is a number/],
    ["5", /is a number/],
    ["-5.25", /is a number/],
    ["5.", /is not a time/],
    ["soon", /is not a time/],
    [null, /is not a time/],
  ])("of the time %s are refused", (time, message) => {
    expect(() => add("USD_SGD", time)).toThrow(message);
  });

  it("are shown whole up to sixty characters, their quotes among them, and cut beyond", () => {
    expect(() => add("USD_SGD", "x".repeat(58))).toThrow(`"${"x".repeat(58)}" is not a time`);
    expect(() => add("USD_SGD", "x".repeat(59))).toThrow(`"${"x".repeat(59)}… is not a time`);
  });

  it.each([5, "usd", null])("of the pair %j are refused", (name) => {
    expect(() => add(name, "2025-06-27T12:00:00Z")).toThrow(/^entities\.instrument\[0\].*is not a pair such as USD_SGD/);
  });

  it("are as many as they may be, each with the number of its pair", () => {
    const rows = createEntityRows(3);
    for (const name of ["USD_SGD", "EUR_USD", "USD_SGD"]) rows.add(name, "2025-06-27T12:00:00Z", fieldOf);
    expect(rows.rows()).toEqual({
      length: 3,
      instruments: ["USD_SGD", "EUR_USD"],
      instrument: Uint32Array.of(0, 1, 0),
      event_time: Float64Array.of(T, T, T),
      fields: {},
    });
    expect(() => rows.add("USD_SGD", "2025-06-27T12:00:00Z", fieldOf)).toThrow(/has more than 3 rows/);
  });
});

it.each(["a", ":b", "a:", "a:b:c", ""])("%j names no feature of a view", (ref) => {
  expect(() => selectFeatures([ref], false, { views: [], schemas: [] })).toThrow(/is not of the form view:feature/);
});
