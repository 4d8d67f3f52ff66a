import type { Token } from "../text/token.ts";

const RELATIVES: ReadonlySet<string> = new Set("that which who".split(" "));

/** Behind these, "that" begins what is said, not a description. */
const SAYING =
  /^(say|says|said|saying|believe[sd]?|expect(s|ed)?|estimate[sd]?|warn(s|ed)?|announce[sd]?|see[sn]?|saw|note[sd]?|report(s|ed)?|indicate[sd]?|show(s|ed|n)?|so|is|was|means?|fact|it|hope[sd]?|hopes|fear(s|ed)?|sign|signs|news|told|added|thinks?|claim(s|ed)?|forecasts?|bets?|concerns?|worr(y|ies)|evidence|denie[sd]|deny|think|confirm(s|ed)?|think|suggest(s|ed)?|data|now|signal(s|led)?|likely|prove[sd]?|all)$/;

/**
 * Where descriptions begin and end: "products that lower heating costs", "the company, which has grown strongly, has its headquarters in
 * Espoo". What they say is known of old, or is true of a product. Not "…, which lifted the result" behind what has been said.
 * @returns ranges of tokens, ascending
 */
export function descriptionsIn(
  tokens: readonly Token[],
  start: number,
  end: number,
  has_said: (before: number) => boolean,
): [number, number][] {
  const found: [number, number][] = [];
  for (let at = start + 1; at < end - 1; at++) {
    const [word, last] = [tokens[at]!, tokens[at - 1]!];
    if (word.kind !== "word" || !RELATIVES.has(word.lower) || last.kind === "dash" || SAYING.test(last.lower)) continue;
    if (last.kind === "comma" ? has_said(at) || commaAt(tokens, at, end) === end : last.kind !== "word") continue;
    found.push([at, commaAt(tokens, at, end)]);
  }
  return found;
}

function commaAt(tokens: readonly Token[], from: number, end: number): number {
  for (let at = from; at < end; at++) if (tokens[at]!.kind === "comma") return at;
  return end;
}
