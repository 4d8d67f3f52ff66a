import { describe, expect, it } from "vitest";
import { inputOf, jsonObjectOf, jsonOf, problemIn, utcOf } from "../../../../../dashboards/web/src/pages/pipelines/formValues.ts";

describe("moments that were typed", () => {
  it.each([
    ["2026-01-31 12:00", "2026-01-31T12:00:00Z"],
    ["2026-01-31T12:00:30Z", "2026-01-31T12:00:30Z"],
    [" 2026-01-31 ", "2026-01-31T00:00:00Z"],
  ])("reads %s as UTC", (text, iso) => {
    expect(utcOf(text)).toEqual({ value: iso });
  });

  it("tells what is no moment, and leaves out what is not given", () => {
    for (const text of ["31.01.2026", "2026-01-3", "2026-13-01", "2026-01-31 25:00", "yesterday"]) {
      expect(problemIn(utcOf(text))).toContain("2026-01-31 12:00");
    }
    expect(utcOf("")).toEqual({ value: undefined });
  });

  it("are written as they are read", () => {
    expect(utcOf(inputOf("2026-01-31T12:05:00Z"))).toEqual({ value: "2026-01-31T12:05:00Z" });
  });
});

describe("JSON that was typed", () => {
  it("is read, or told to be none", () => {
    expect(jsonOf('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(jsonOf("  ")).toEqual({ value: undefined });
    expect(jsonOf("{a}")).toEqual({ problem: expect.stringMatching(/^This is no JSON: /) });
  });

  it("has to be an object where one is wanted", () => {
    expect(jsonObjectOf('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(jsonObjectOf("")).toEqual({ value: undefined });
    for (const text of ["[1]", "null", "3"])
      expect(jsonObjectOf(text)).toEqual({ problem: expect.stringContaining("An object is wanted") });
  });
});
