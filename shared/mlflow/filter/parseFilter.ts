import { counted } from "../../domain/counted.ts";
import { invalidParameter } from "../mlflowErrors.ts";
import type { Comparator, Condition, ConditionKind } from "./condition.ts";
import { readName, withoutQuotes } from "./readName.ts";
import { COMPARATORS, type SearchRules } from "./searchRules.ts";
import { type FilterToken, tokenize } from "./tokenize.ts";

/** SQLite joins no more of them in one statement without complaint. */
const MAX_CONDITIONS = 100;
const WORDS = new Set(["LIKE", "ILIKE", "IN"]);

/**
 * Reads MLflow's filter: comparisons that all must hold, joined by AND. There is no OR, and there are no groups.
 * Throws INVALID_PARAMETER_VALUE with what is wrong.
 */
export function parseFilter(filter: string, rules: SearchRules): readonly Condition[] {
  const tokens = tokenize(filter);
  const conditions: Condition[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (conditions.length > 0) at = requireAnd(tokens, at);
    const [condition, next] = readCondition(tokens, at, rules);
    conditions.push(condition);
    at = next;
  }
  if (conditions.length <= MAX_CONDITIONS) return conditions;
  throw invalidParameter(`The filter has ${counted(conditions.length, "condition")}; ${MAX_CONDITIONS} are the most that one may have.`);
}

function requireAnd(tokens: readonly FilterToken[], at: number): number {
  if (isWord(tokens[at], "AND")) return at + 1;
  throw invalidParameter(`Invalid clause(s) in filter string: '${tokens[at]?.text}'`);
}

function readCondition(tokens: readonly FilterToken[], at: number, rules: SearchRules): [Condition, number] {
  const left = tokens[at];
  if (left?.type !== "word" && left?.type !== "name")
    throw invalidParameter(`Invalid clause(s) in filter string: ${left ? `'${left.text}'` : "nothing follows the last AND"}`);
  const named = readName(left.text, rules);
  const [comparator, after] = readComparator(tokens, at + 1);
  const subject = { ...named, key: requireKey(named, rules, comparator) };
  if (comparator === "IS NULL" || comparator === "IS NOT NULL") return [{ ...subject, comparator, value: null }, after];
  if (comparator !== "IN" && comparator !== "NOT IN")
    return [{ ...subject, comparator, value: readValue(tokens[after], named, rules) }, after + 1];
  const [value, end] = readList(tokens, after);
  return [{ ...subject, comparator, value }, end];
}

function readComparator(tokens: readonly FilterToken[], at: number): [Comparator, number] {
  const [first, second, third] = tokens.slice(at, at + 3);
  if (isWord(first, "IS") && isWord(second, "NULL")) return ["IS NULL", at + 2];
  if (isWord(first, "IS") && isWord(second, "NOT") && isWord(third, "NULL")) return ["IS NOT NULL", at + 3];
  if (isWord(first, "NOT") && isWord(second, "IN")) return ["NOT IN", at + 2];
  const word = first?.text.toUpperCase() ?? "";
  if (first?.type === "comparator" || (first?.type === "word" && WORDS.has(word))) return [word as Comparator, at + 1];
  throw invalidParameter(`Invalid comparison clause: a comparison was expected, and there is ${first ? `'${first.text}'` : "nothing"}`);
}

/** The key by its own name, if it may be asked so. */
function requireKey({ kind, key }: { kind: ConditionKind; key: string }, rules: SearchRules, comparator: Comparator): string {
  const attribute = kind === "attribute" && Object.hasOwn(rules.attributes, key) ? rules.attributes[key] : undefined;
  if (kind === "attribute" && !attribute)
    throw invalidParameter(`Invalid attribute key '${key}' specified. Valid keys are ${Object.keys(rules.attributes).join(", ")}`);
  if (kind === "dataset" && !["name", "digest", "context"].includes(key))
    throw invalidParameter(`Invalid dataset key '${key}' specified. Valid keys are name, digest, context`);
  if (comparator.startsWith("IS ") && !rules.nullable.includes(kind))
    throw invalidParameter(
      `IS NULL and IS NOT NULL are for ${rules.nullable.join(" and ") || "no key here"}, not for the ${kind} '${key}'`,
    );
  const allowed = attribute?.comparators ?? COMPARATORS[kind as Exclude<ConditionKind, "attribute">];
  if (allowed.includes(comparator)) return attribute?.name ?? key;
  throw invalidParameter(`Invalid comparator '${comparator}' for the ${kind} '${key}': not one of ${allowed.join(", ")}`);
}

function readValue(token: FilterToken | undefined, { kind, key }: { kind: ConditionKind; key: string }, rules: SearchRules) {
  const is_number = kind === "metric" || (kind === "attribute" && rules.attributes[key]?.type === "number");
  if (is_number) {
    if (token?.type === "number") return Number(token.text);
    throw invalidParameter(`Expected numeric value type for the ${kind} '${key}'. Found ${token?.text ?? "nothing"}`);
  }
  if (token && isText(token)) return withoutQuotes(token.text);
  throw invalidParameter(
    `Expected a quoted string value for the ${kind} '${key}' (e.g. 'my-value'). Got value ${token?.text ?? "nothing"}`,
  );
}

/** In single quotes, or in double ones that are no name of several parts. */
function isText({ type, text }: FilterToken): boolean {
  return type === "string" || (type === "name" && /^"(?:""|[^"])*"$/.test(text));
}

/** ('a', "b"): one text at least. */
function readList(tokens: readonly FilterToken[], at: number): [readonly string[], number] {
  const values: string[] = [];
  let here = at;
  do {
    const [before, token] = tokens.slice(here, here + 2);
    if (before?.text !== (values.length === 0 ? "(" : ",") || !token || !isText(token)) break;
    values.push(withoutQuotes(token.text));
    here += 2;
  } while (tokens[here]?.text === ",");
  if (values.length > 0 && tokens[here]?.text === ")") return [values, here + 1];
  throw invalidParameter("While parsing a list in the query, expected a non-empty list of quoted string values in parentheses.");
}

function isWord(token: FilterToken | undefined, word: string): boolean {
  return token?.type === "word" && token.text.toUpperCase() === word;
}
