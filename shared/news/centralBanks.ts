import { phrasesOf } from "./text/expandPhrase.ts";

/** Usual short name, currency, and what news calls it. Capital letters are part of a spelling. */
const BANKS: readonly (readonly [bank: string, currency: string, names: string])[] = [
  [
    "MAS",
    "SGD",
    `MAS, monetary authority of singapore, Singapore's central bank, singapore central bank, singapore's central bank, Chia Der Jiun,
       Ravi Menon`,
  ],
  [
    "FED",
    "USD",
    `Fed, the fed, federal reserve, FOMC, us central bank,
       fed (chair|chairman|chief|governor|president|official|officials|policymaker|policymakers|minutes|rate|cut|hike|pivot|funds),
       jackson hole, Powell, Waller, Kashkari, Goolsbee, Daly, Bostic, Warsh`,
  ],
  ["ECB", "EUR", "ecb, ECB, european central bank, Lagarde, Schnabel, Villeroy, Nagel, de Guindos"],
  ["BOE", "GBP", "boe, BoE, bank of england, Andrew Bailey, Huw Pill"],
  ["BOJ", "JPY", "boj, BoJ, bank of japan, japan's central bank, Ueda, Kuroda"],
  ["RBA", "AUD", "rba, RBA, reserve bank of australia, australia's central bank, Bullock"],
  ["PBOC", "CNY", "pboc, PBoC, people's bank of china, china's central bank, chinese central bank, Pan Gongsheng"],
  ["RBNZ", "NZD", "rbnz, RBNZ, reserve bank of new zealand"],
  ["SNB", "CHF", "SNB, swiss national bank"],
  ["BOC", "CAD", "BoC, bank of canada, Macklem"],
  ["RBI", "INR", "RBI, reserve bank of india"],
  ["BNM", "MYR", "BNM, bank negara, bank negara malaysia"],
  ["BI", "IDR", "bank indonesia"],
  ["BOK", "KRW", "BoK, bank of korea"],
  ["BOT", "THB", "bank of thailand"],
  ["HKMA", "HKD", "HKMA, hong kong monetary authority"],
  ["CBRT", "TRY", "CBRT, turkish central bank, turkey's central bank"],
];

export interface CentralBank {
  readonly bank: string;
  readonly currency: string;
}

export const centralBankNames = (): readonly (readonly [name: string, bank: CentralBank])[] =>
  BANKS.flatMap(([bank, currency, names]) => phrasesOf(names).map((name) => [name, { bank, currency }] as const));

/** The bank that issues a currency, where it is one of those. */
export function bankOfCurrency(currency: string): CentralBank | null {
  const found = BANKS.find(([, issued]) => issued === currency);
  return found === undefined ? null : { bank: found[0], currency };
}
