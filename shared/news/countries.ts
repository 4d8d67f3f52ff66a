import { phrasesOf } from "./text/expandPhrase.ts";

/** Country or economic area, its currency, and the words that name it. */
const COUNTRIES: readonly (readonly [country: string, currency: string, names: string])[] = [
  ["Singapore", "SGD", "singapore, singaporean, Singapore's, STI, MTI, NODX, DBS, OCBC, UOB, Temasek"],
  [
    "United States",
    "USD",
    `US, USA, united states, America, American, Washington, White House, wall street, Trump, Biden, nonfarm payrolls, non farm payrolls,
       payrolls`,
  ],
  ["Euro zone", "EUR", "euro zone, eurozone, euro area, European Union, EU"],
  ["Germany", "EUR", "Germany, German, Berlin"],
  ["France", "EUR", "France, French, Paris"],
  ["Italy", "EUR", "Italy, Italian, Rome"],
  ["Spain", "EUR", "Spain, Spanish, Madrid"],
  ["Finland", "EUR", "Finland, Finnish, Helsinki"],
  ["Netherlands", "EUR", "Netherlands, Dutch"],
  ["United Kingdom", "GBP", "UK, united kingdom, Britain, British, London, England"],
  ["Japan", "JPY", "Japan, Japanese, Tokyo"],
  ["China", "CNY", "China, Chinese, Beijing"],
  ["Australia", "AUD", "Australia, Australian, Canberra"],
  ["New Zealand", "NZD", "new zealand, Wellington"],
  ["Canada", "CAD", "Canada, Canadian, Ottawa"],
  ["Switzerland", "CHF", "Switzerland, Swiss"],
  ["Hong Kong", "HKD", "hong kong"],
  ["Malaysia", "MYR", "Malaysia, Malaysian, Kuala Lumpur"],
  ["Indonesia", "IDR", "Indonesia, Indonesian, Jakarta"],
  ["Thailand", "THB", "Thailand, Thai, Bangkok"],
  ["Philippines", "PHP", "Philippines, Philippine, Manila"],
  ["Vietnam", "VND", "Vietnam, Vietnamese, Hanoi"],
  ["India", "INR", "India, Indian, Mumbai, New Delhi"],
  ["South Korea", "KRW", "south korea, south korean, Seoul"],
  ["Taiwan", "TWD", "Taiwan, Taiwanese, Taipei"],
  ["Russia", "RUB", "Russia, Russian, Moscow, Kremlin"],
  ["Ukraine", "UAH", "Ukraine, Ukrainian, Kyiv"],
  ["Turkey", "TRY", "Turkey's, Turkish, Türkiye, Ankara, Istanbul"],
  ["Brazil", "BRL", "Brazil, Brazilian"],
  ["Mexico", "MXN", "Mexico, Mexican"],
  ["South Africa", "ZAR", "south africa, south african"],
  ["Saudi Arabia", "SAR", "saudi arabia, Saudi, Riyadh"],
  ["Israel", "ILS", "Israel, Israeli"],
  ["Iran", "IRR", "Iran, Iranian, Tehran"],
  ["Sweden", "SEK", "Sweden, Swedish"],
  ["Norway", "NOK", "Norway, Norwegian"],
];

export interface Country {
  readonly country: string;
  readonly currency: string;
}

export const countryNames = (): readonly (readonly [name: string, country: Country])[] =>
  COUNTRIES.flatMap(([country, currency, names]) => phrasesOf(names).map((name) => [name, { country, currency }] as const));
