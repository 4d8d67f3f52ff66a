import { describe, expect, it } from "vitest";
import { z } from "zod";
import { describeIssue } from "../../../shared/contracts/describeIssue.ts";

const SCHEMA = z.strictObject({
  text: z.string().optional(),
  count: z.coerce.number().int().min(1).max(1_000).optional(),
  above: z.number().gt(0).optional(),
  whole: z.int().optional(),
  state: z.enum(["success", "failed"]).optional(),
  list: z.array(z.string()).optional(),
  named: z.string().min(3, "takes three letters").optional(),
});

function wordsOf(value: unknown, schema: z.ZodType = SCHEMA): string | undefined {
  return schema.safeParse(value, { error: describeIssue }).error?.issues[0]?.message;
}

describe("describeIssue", () => {
  it.each([
    [{ text: 5 }, "must be a text, and is a number"],
    [{ text: null }, "must be a text, and is null"],
    [{ list: "x" }, "must be a list, and is a text"],
    [{ count: "x" }, "is not a number"],
    [{ count: "1.5" }, "is not a whole number"],
    [{ count: 0 }, "must be at least 1"],
    [{ count: 1_001 }, "must be at most 1000"],
    [{ above: 0 }, "must be more than 0"],
    [{ whole: 1.5 }, "is not a whole number"],
    [{ state: "x" }, 'must be "success" or "failed"'],
    [[], "must be an object, and is a list"],
    ["x", "must be an object, and is a text"],
  ])("%j %s", (value, words) => {
    expect(wordsOf(value)).toBe(words);
  });

  it("says that a field is missing", () => {
    expect(wordsOf({}, z.object({ instrument: z.string() }))).toBe("is missing");
    expect(wordsOf(undefined, z.object({}))).toBe("is missing");
  });

  it("leaves a schema its own words", () => {
    expect(wordsOf({ named: "ab" })).toBe("takes three letters");
  });
});
