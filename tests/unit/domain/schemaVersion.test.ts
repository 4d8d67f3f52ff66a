import { describe, expect, it } from "vitest";
import { compareSchema, type Migration, requireKnownSchema, schemaProblem } from "../../../shared/domain/schemaVersion.ts";

const KNOWN: readonly Migration[] = [
  { tag: "0000_first", when: 10 },
  { tag: "0001_second", when: 20 },
  { tag: "0002_third", when: 30 },
];

describe("how a database stands to the code", () => {
  it("is said by the moments of its migrations, in any order", () => {
    expect(compareSchema(KNOWN, [30, 10, 20])).toEqual({ missing: [], unknown: 0 });
    expect(compareSchema(KNOWN, [10])).toEqual({ missing: KNOWN.slice(1), unknown: 0 });
    expect(compareSchema(KNOWN, [10, 20, 30, 40, 50])).toEqual({ missing: [], unknown: 2 });
    expect(compareSchema(KNOWN, [])).toEqual({ missing: KNOWN, unknown: 0 });
  });

  it("a newer one is refused, whatever else it lacks; an older one is not", () => {
    expect(() => requireKnownSchema("The store s", KNOWN, [10, 40, 50])).toThrow(
      "The store s was written by a newer version of fx-medallion (2 migrations that this one does not know, whose newest is 0002_third): bring the code up to date (git pull, npm ci) and try again. Nothing was changed.",
    );
    expect(() => requireKnownSchema("The store s", KNOWN, [10])).not.toThrow();
  });

  it("is a sentence that says what to do, or nothing", () => {
    expect(schemaProblem(KNOWN, [10, 20, 30], "do it")).toBeNull();
    expect(schemaProblem(KNOWN, [10, 20], "do it")).toBe("the database is one migration behind (it lacks 0002_third): do it");
    expect(schemaProblem(KNOWN, [], "do it")).toBe("the database is 3 migrations behind (it lacks 0000_first to 0002_third): do it");
    expect(schemaProblem(KNOWN, [10, 20, 30, 40], "do it")).toBe(
      "the database was written by a newer version of fx-medallion (one migration that this one does not know, whose newest is 0002_third): deploy the version that wrote it, or a later one",
    );
  });
});
