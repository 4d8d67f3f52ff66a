import { hashKey } from "@tanstack/query-core";

/** What says how much of one thing is asked for, from where, or of which time: not of what. */
const CUTS: ReadonlySet<string> = new Set([
  ...["from", "to", "since", "until", "step", "max_points"],
  ...["limit", "offset", "cursor", "page_token", "order_by"],
]);

/**
 * Whether two keys of queries ask about the same thing, of another page or time at most, so that the answer to the one may stand until that
 * to the other comes. Of another instrument, model or filter it would be shown under a name that is not its own. A key is a list whose
 * objects are a route's input ({params, query, body}), or name what is asked by themselves.
 */
export function isSameSubject(one: readonly unknown[], other: readonly unknown[]): boolean {
  return hashKey(one.map(subjectOf)) === hashKey(other.map(subjectOf));
}

function subjectOf(part: unknown): unknown {
  if (!isRecord(part)) return part;
  const inside = (name: "query" | "body") => (isRecord(part[name]) ? withoutCuts(part[name]) : {});
  return { ...withoutCuts(part), query: inside("query"), body: inside("body") };
}

function withoutCuts(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !CUTS.has(name)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
