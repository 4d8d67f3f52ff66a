import type { ReadableText } from "./readableText.ts";
import { phrasesOf } from "./text/expandPhrase.ts";
import type { Token } from "./text/token.ts";

/** Last words of the names of organisations. */
const ENDINGS: ReadonlySet<string> = new Set(
  `Bank Group Corp Corporation Inc Ltd Limited plc PLC Holdings Holding Securities Capital Partners University Ministry Authority Fund Exchange Institute Research Insurance Airlines Airways Motors Motor
   Energy Technologies Technology Systems Industries Pharmaceuticals Electronics Telecom Steel Oil Petroleum Markets Investments Investors Management Advisors Council Commission Agency Association Oyj Oy AG SE NV
   Sachs Chase Stanley Lynch Suisse Bankers`.split(/\s+/),
);

/** Organisations that are known by a name of their own. */
const KNOWN: ReadonlySet<string> = new Set(
  phrasesOf(
    `IMF, OPEC, WTO, OECD, BIS, ASEAN, NATO, DBS, OCBC, UOB, GIC, Temasek, HSBC, UBS, ING, BNP, MUFG, Citi, Citigroup, JPMorgan, Barclays,
       Nomura, Mizuho, Commerzbank, Rabobank, Scotiabank, TD, ANZ, Westpac, NAB, Goldman, Reuters, Bloomberg, Apple, Microsoft, Google,
       Alphabet, Amazon, Nvidia, Tesla, Boeing, Samsung, Toyota, TSMC, Moody's, Fitch, S&P`,
  ),
);

const LONGEST_NAME = 4;

/**
 * Names of organisations, by two plain rules: a run of capitalised words that ends with a word such as Bank, Group or Inc, and a short
 * list of names known by themselves. No model: it misses names without such an ending.
 */
export function organisationsOf({ tokens, sentences }: ReadableText): string[] {
  const found = new Set<string>();
  for (const [start, end] of sentences) {
    for (let at = start; at < end; at++) {
      const name = ENDINGS.has(tokens[at]!.raw) ? runBefore(tokens, start, at) : KNOWN.has(tokens[at]!.raw) ? tokens[at]!.raw : null;
      if (name !== null) found.add(name);
    }
  }
  return [...found];
}

/** The capitalised words that lead up to the ending, with it; null where it stands alone. */
function runBefore(tokens: readonly Token[], start: number, at: number): string | null {
  let first = at;
  while (first > start && at - first < LONGEST_NAME - 1 && isCapitalised(tokens[first - 1]!)) first--;
  if (first === at) return null;
  return tokens
    .slice(first, at + 1)
    .map(({ raw }) => raw)
    .join(" ");
}

function isCapitalised({ kind, raw }: Token): boolean {
  return kind === "word" && /^[A-Z]/.test(raw) && !/^(The|A|An|In|On|At|For|As|And|Of|By|But|With|After)$/.test(raw);
}
