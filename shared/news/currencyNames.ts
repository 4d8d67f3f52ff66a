import { phrasesOf } from "./text/expandPhrase.ts";

/**
 * What news calls a currency. Capital letters are part of a spelling. Words that usually mean something else (pound of beef, won, real,
 * rand) stand here only with what makes them money; "dollar" alone is the US dollar.
 */
const NAMES: Readonly<Record<string, string>> = {
  USD: `usd, USD, us dollar(|s), dollar, dollars, greenback, the buck, dxy, dollar index, us dollar index, american dollar, US currency,
     us currency, dollar bulls, dollar bears`,
  SGD: `sgd, SGD, singapore dollar(|s), sing dollar, singdollar, sing-dollar, S$, S$NEER, s$neer, Singapore currency,
     Singapore's currency, sgd neer, Sgd`,
  EUR: "eur, EUR, euro, single currency, common currency, shared currency",
  GBP: "gbp, GBP, sterling, pound, pound sterling, british pound, uk pound, cable, the quid",
  JPY: "jpy, JPY, yen, japanese yen, Japanese currency, japanese currency",
  AUD: "aud, AUD, australian dollar, aussie dollar, aussie, Australian currency",
  NZD: "nzd, NZD, new zealand dollar, kiwi dollar, kiwi",
  CAD: "cad, CAD, canadian dollar, loonie",
  CHF: "chf, CHF, swiss franc, franc, swissie, swissy",
  CNY: "CNY, CNH, yuan, renminbi, chinese yuan, onshore yuan, offshore yuan, chinese currency, Chinese currency, redback, RMB",
  HKD: "HKD, hong kong dollar",
  MYR: "MYR, ringgit, malaysian ringgit",
  IDR: "IDR, rupiah, indonesian rupiah",
  THB: "THB, baht, thai baht",
  INR: "INR, rupee, indian rupee",
  KRW: "KRW, Won, the won, korean won, south korean won",
  TWD: "TWD, taiwan dollar, taiwanese dollar",
  PHP: "PHP, philippine peso",
  MXN: "MXN, mexican peso, peso",
  BRL: "BRL, brazilian real",
  ZAR: "ZAR, south african rand, rand",
  TRY: "TRY, lira, turkish lira",
  RUB: "RUB, ruble, rouble, russian ruble, russian rouble",
  SEK: "SEK, swedish krona, swedish crown, krona",
  NOK: "NOK, norwegian krone, norwegian crown, krone",
  PLN: "PLN, zloty",
  HUF: "HUF, forint",
};

/** What any currency may be called. */
export const ANY_CURRENCY = "currency, currencies, exchange rate, exchange rates";

/** Several at once, which are nobody's in particular. */
export const CURRENCY_GROUPS = `(asian|emerging market|emerging|em|developing nation|antipodean|commodity|risk|high yielding|riskier|european|regional|asean|latam|latin american|g10) (currencies|fx),
   asia fx, em fx, fx market, antipodeans, emerging asian currencies, commodity linked currencies, risk sensitive currencies`;

/** Every name with its ISO 4217 code. */
export const currencyNames = (): readonly (readonly [name: string, code: string])[] =>
  Object.entries(NAMES).flatMap(([code, names]) => phrasesOf(names).map((name) => [name, code] as const));
