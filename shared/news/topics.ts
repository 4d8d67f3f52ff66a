import type { ReadableText } from "./readableText.ts";
import type { NewsTopic } from "./silverArticle.ts";
import { phrasesOf } from "./text/expandPhrase.ts";
import { compilePhrases } from "./text/phraseTrie.ts";

const PHRASES: readonly (readonly [topic: NewsTopic, phrases: string])[] = [
  [
    "policy",
    `interest rate(|s), policy rate, rate (hike|hikes|cut|cuts|decision|path|outlook|rise|rises|pause), monetary policy, central bank(|s),
       MAS, Fed, federal reserve, FOMC, ecb, ECB, boe, BoE, boj, BoJ, rba, RBA, pboc, PBoC, hawkish, dovish, tightening, easing
     (hikes|hike|cuts|cut|raises|holds|hold|keeps) rates, quantitative easing, quantitative tightening, S$NEER, slope, policy band,
     minutes, intervention, yield curve control, (tightens|eases|loosens) policy`,
  ],
  [
    "inflation",
    `inflation, disinflation, deflation, stagflation, CPI, cpi, PPI, PCE, consumer prices, producer prices,
       price (pressure|pressures|growth), cost of living, core prices`,
  ],
  [
    "growth",
    `GDP, gdp, economic (growth|activity|slowdown|recovery|outlook|contraction), growth, recession, economy, PMI, pmi, ISM,
       industrial (production|output), factory (activity|output|orders), manufacturing, retail sales,
       consumer (spending|confidence|sentiment), business confidence, housing starts, home sales, soft landing, hard landing`,
  ],
  [
    "jobs",
    `jobs, payroll(|s), nonfarm payrolls, unemployment, jobless (claims|rate), employment, wages, wage growth, labour market,
       labor market, hiring, layoffs, job (cuts|openings|losses), workforce, strike`,
  ],
  [
    "trade",
    `non oil (|domestic) exports, trade (war|deal|talks|balance|deficit|surplus|tensions|agreement|pact), tariff(|s), exports, imports,
       NODX, export (controls|curbs|ban), sanctions, supply chain(|s), WTO, customs, duties, embargo`,
  ],
  [
    "risk",
    `risk (off|on|aversion|appetite), safe haven(|s), crisis, turmoil, war, conflict, geopolitical, volatility, sell off, selloff,
       contagion, default, panic, government shutdown, debt ceiling, credit rating, downgrade, attack, invasion, ceasefire, pandemic,
       bank run, missile, election`,
  ],
  [
    "energy",
    `oil, crude, brent, Brent, WTI, OPEC, opec, natural gas, lng, LNG, gasoline, fuel, energy, coal, refinery, refineries, barrel(|s),
       pipeline, power prices`,
  ],
];

/** One mention in the title, or two in the text, make a topic. */
const ENOUGH = 2;
const IN_TITLE = 2;

const TOPICS = compilePhrases(() => PHRASES.flatMap(([topic, phrases]) => phrasesOf(phrases).map((phrase) => [phrase, topic] as const)));

/** What an article is about, most mentioned first; "other" where nothing of these is said. */
export function topicsOf({ tokens, sentences, title_end }: ReadableText): NewsTopic[] {
  const counts = new Map<NewsTopic, number>();
  for (const [start, end] of sentences) {
    for (let at = start; at < end; ) {
      const match = TOPICS.match(tokens, at);
      if (match !== null) counts.set(match.value, (counts.get(match.value) ?? 0) + (at < title_end ? IN_TITLE : 1));
      at += match?.length ?? 1;
    }
  }
  const found = [...counts].filter(([, count]) => count >= ENOUGH).sort((one, other) => other[1] - one[1]);
  return found.length > 0 ? found.map(([topic]) => topic) : ["other"];
}
