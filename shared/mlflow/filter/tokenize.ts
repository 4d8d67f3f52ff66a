import { counted } from "../../domain/counted.ts";
import { invalidParameter } from "../mlflowErrors.ts";

/** A piece of a filter or of an order. */
export interface FilterToken {
  /** A word is a name without quotes; a name is one with quotes or dots in it, or both. */
  readonly type: "word" | "name" | "string" | "number" | "comparator" | "punctuation";
  /** As it was written, with its quotes. */
  readonly text: string;
}

/** Longer than anybody writes, and short enough to be read at once. */
const MAX_CHARS = 50_000;

const BARE = "[\\p{L}_][\\p{L}\\p{N}_$#]*";
const QUOTED = '`[^`]+`|"(?:""|[^"])*"';
// A part behind a dot may begin with a digit.
const NAME = `(?:${BARE}|${QUOTED})(?:\\.(?:[\\p{L}\\p{N}_$#]+|${QUOTED}))*`;

const PATTERNS: readonly (readonly [FilterToken["type"], RegExp])[] = [
  ["name", new RegExp(NAME, "uy")],
  ["number", /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy],
  ["string", /'(?:''|\\'|[^'])*'/uy],
  ["comparator", /<=|>=|!=|<>|==|=|<|>/uy],
];

/** Cuts a filter of MLflow's into its tokens. Throws INVALID_PARAMETER_VALUE for a quote that is not closed. */
export function tokenize(text: string): readonly FilterToken[] {
  if (text.length > MAX_CHARS)
    throw invalidParameter(`The filter has ${counted(text.length, "character")}; ${MAX_CHARS} are read at most.`);
  const tokens: FilterToken[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipSpace(text, at + token.text.length);
  }
  return tokens;
}

function tokenAt(text: string, at: number): FilterToken {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    return { type: type === "name" && /^[\p{L}\p{N}_$#]+$/u.test(found) ? "word" : type, text: found };
  }
  const mark = String.fromCodePoint(text.codePointAt(at)!);
  if ("'\"`".includes(mark)) throw invalidParameter(`Invalid filter: the quote ${mark} at character ${at + 1} is not closed.`);
  return { type: "punctuation", text: mark };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
