import type { z } from "zod";

/**
 * What is wrong with a value, as the rest of a sentence that begins with its field: "is missing", "must be a number, and is a text".
 * For the `error` of safeParse; undefined leaves it to the schema's own words.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") return describeType(issue.expected, issue.input);
  if (issue.code === "too_big" && issue.origin === "number")
    return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
  if (issue.code === "too_small" && issue.origin === "number")
    return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
  if (issue.code === "invalid_value") return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
  return undefined;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

function describeType(expected: string, input: unknown): string {
  const noun = NOUNS[expected] ?? expected;
  if (input === undefined) return "is missing";
  if (typeof input === "number" && (Number.isNaN(input) || expected === "int")) return `is not ${noun}`;
  return `must be ${noun}, and is ${nounOf(input)}`;
}

function nounOf(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  return NOUNS[typeof input] ?? typeof input;
}
