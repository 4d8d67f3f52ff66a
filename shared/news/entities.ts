import { type CentralBank, centralBankNames } from "./centralBanks.ts";
import { type Country, countryNames } from "./countries.ts";
import { currencyNames } from "./currencyNames.ts";
import type { ReadableText } from "./readableText.ts";
import { figureAt } from "./text/figureValue.ts";
import { compilePhrases } from "./text/phraseTrie.ts";
import type { Token } from "./text/token.ts";

export type Entity =
  | { readonly kind: "currency"; readonly currency: string }
  | ({ readonly kind: "bank" } & CentralBank)
  | ({ readonly kind: "country" } & Country)
  | { readonly kind: "pair"; readonly base: string; readonly quote: string }
  | { readonly kind: "other" };

/** An entity where it stands. */
export interface Mention {
  readonly at: number;
  readonly end: number;
  readonly entity: Entity;
}

/** Everyday phrases that hold a name of money and mean none. */
const NOT_MONEY = `dollar store, dollar stores, dollar tree, dollar general, million dollar, billion dollar, pound of, pounds of, yen for,
   kiwi fruit,
     euro cup, euro 2024, euro 2028, sterling silver, cable tv, cable car, US Open, Wells Fargo, Bank of America`;

const ENTITIES = compilePhrases<Entity>(() => [
  ...countryNames().map(([name, country]) => [name, { kind: "country", ...country } as Entity] as const),
  ...currencyNames().map(([name, currency]) => [name, { kind: "currency", currency } as Entity] as const),
  ...centralBankNames().map(([name, bank]) => [name, { kind: "bank", ...bank } as Entity] as const),
  ...NOT_MONEY.split(",").map((name) => [name.trim(), { kind: "other" } as Entity] as const),
]);

/** Currencies, pairs, central banks and countries, in the order of the text. */
export function mentionsOf({ tokens, sentences }: ReadableText): Mention[] {
  const mentions: Mention[] = [];
  for (const [start, end] of sentences) {
    for (let at = start; at < end; ) {
      const match = ENTITIES.match(tokens, at);
      const token = tokens[at]!;
      const next = at + (match?.length ?? 1);
      if (match !== null) mentions.push({ at, end: next, entity: match.value });
      else if (token.kind === "pair")
        mentions.push({ at, end: next, entity: { kind: "pair", base: token.raw.slice(0, 3), quote: token.raw.slice(4) } });
      else if (token.kind === "money" && isPrice(tokens, at, mentions.at(-1), start))
        mentions.push({ at, end: next, entity: { kind: "currency", currency: currencyOfSign(token.raw) } });
      at = next;
    }
  }
  return joinPairs(mentions);
}

const SIGNS: readonly (readonly [sign: string, currency: string])[] = [
  ["S$", "SGD"],
  ["A$", "AUD"],
  ["C$", "CAD"],
  ["NZ$", "NZD"],
  ["HK$", "HKD"],
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
];

function currencyOfSign(raw: string): string {
  return SIGNS.find(([sign]) => raw.startsWith(sign))?.[1] ?? "USD";
}

/** "US dollar falls to S$1.28": what a currency named before costs in another. An amount ("S$5 million") is no price. */
function isPrice(tokens: readonly Token[], at: number, last: Mention | undefined, start: number): boolean {
  const figure = figureAt(tokens, at);
  if (last === undefined || last.at < start || last.entity.kind !== "currency" || figure === null) return false;
  const is_plain = /\d$/.test(tokens[at]!.raw) && figure.end === at + 1;
  return is_plain && last.entity.currency !== currencyOfSign(tokens[at]!.raw);
}

/** "dollar/yen", "euro-dollar": two names side by side are a pair. */
function joinPairs(mentions: readonly Mention[]): Mention[] {
  const joined: Mention[] = [];
  for (const mention of mentions) {
    const last = joined.at(-1);
    if (
      last?.entity.kind === "currency" &&
      mention.entity.kind === "currency" &&
      last.end === mention.at &&
      last.entity.currency !== mention.entity.currency
    )
      joined[joined.length - 1] = {
        at: last.at,
        end: mention.end,
        entity: { kind: "pair", base: last.entity.currency, quote: mention.entity.currency },
      };
    else joined.push(mention);
  }
  return joined;
}

/** Short names of the central banks, distinct, by first mention. */
export function centralBanksOf(mentions: readonly Mention[]): string[] {
  return distinct(mentions.flatMap(({ entity }) => (entity.kind === "bank" ? [entity.bank] : [])));
}

export function countriesOf(mentions: readonly Mention[]): string[] {
  return distinct(mentions.flatMap(({ entity }) => (entity.kind === "country" ? [entity.country] : [])));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
