import { phrasesOf } from "./text/expandPhrase.ts";

export interface RelevanceTerm {
  /** As it is reported in matched_terms. */
  readonly term: string;
  /** Evidence of one mention in a title, see relevanceOf. */
  readonly weight: number;
  /** Also an everyday word: counts only beside a term that is not one. */
  readonly is_ambiguous: boolean;
  /** Name of a place: says little by itself. */
  readonly is_place: boolean;
  /** Looks like a term and is none: it covers its words, so that they are not found one by one. */
  readonly is_trap: boolean;
}

/** 1: about foreign exchange itself, or about a bank that moves it. Capital letters are part of a spelling ("MAS", "Fed"). */
const DECISIVE = `
  USD, SGD, EUR, GBP, JPY, AUD, NZD, CHF, CNY, CNH, HKD, MYR, IDR, THB, INR, KRW, TWD, XAU, DXY, SORA, S$
  sgd, (US|Singapore|Sing|Australian|Aussie|New Zealand|Kiwi|Canadian|Hong Kong|Taiwan) dollar(|s), us dollar(|s), singapore dollar(|s),
  the buck
  dollar(|s), greenback, singdollar, sing dollar, loonie, dollar index, us dollar index, broad dollar
  euro, yen, japanese yen, pound sterling, sterling, british pound, the pound, swiss franc, swissie, swissy, chinese yuan, yuan, renminbi,
  redback
  ringgit, rupiah, baht, indian rupee, rupee, korean won, south korean won, taiwan dollar, philippine peso, mexican peso, brazilian real,
  turkish lira, lira, russian ruble, rouble, ruble
  swedish krona, norwegian krone, krona, krone, south african rand
  foreign exchange, forex, fx, FX,
  currency (market|markets|pair|pairs|trader|traders|intervention|war|strategist|strategists|basket|traders|board|policy),
  exchange rate(|s), safe haven currenc(y|ies), emerging market currencies, asian currencies
  currencies, currency, NEER, nominal effective exchange rate, monetary authority of singapore, MAS
  Fed, the fed, federal reserve, fomc, FOMC, us central bank,
  fed (chair|chairman|chief|governor|president|funds|policymaker|policymakers|official|officials|minutes|rate|cut|hike|pivot),
  federal funds rate
  ecb, ECB, boe, boj, rba, pboc, european central bank, bank of england, BoE, bank of japan, BoJ, reserve bank of australia, RBA,
  people's bank of china, PBoC, reserve bank of new zealand, RBNZ
  swiss national bank, SNB, bank of canada, BoC, bank indonesia, bank negara, bank of korea, bank of thailand, reserve bank of india, RBI,
  hong kong monetary authority, HKMA
  central bank(|s), central banker(|s), monetary policy, policy rate, interest rate(|s),
  rate (hike|hikes|cut|cuts|decision|decisions|path|outlook|differential|differentials|pause|rise|rises|increase|increases)
  (hike|hikes|hiking|raise|raises|raising|cut|cuts|cutting|lower|lowers|lowering) (rates|interest rates), monetary (tightening|easing),
  quantitative (easing|tightening), yield curve control, carry trade(|s), policy band, appreciation bias
  jawboning, devaluation, dollarisation, dedollarisation, de dollarisation, de dollarization, de peg, currency peg`;

/** 0.8: a release or an officer that currencies answer to. */
const STRONG = `
  cpi, gdp, CPI, PPI, PCE, GDP, PMI, ISM, NFP, nonfarm payrolls, non farm payrolls, payrolls, jobs report, jobs data, jobless claims,
  unemployment rate, core inflation, headline inflation, inflation
  consumer prices, producer prices, retail sales, industrial production, factory output, trade (balance|deficit|surplus), current account,
  NODX, non oil domestic exports, non oil exports, treasury yield(|s), bond yield(|s), treasuries, gilts, bunds
  (finance|treasury) (minister|ministry|secretary), central bank governor, monetary policy committee, managing director of MAS,
  MAS managing director, jackson hole, beige book, dot plot
  Powell, Lagarde, Bailey, Ueda, Bullock, Pan Gongsheng, Chia Der Jiun, Ravi Menon, Yellen, Bessent, Macklem, Schnabel, Villeroy, Waller,
  Warsh, Hassett
  hawkish, dovish, hawk(|s) at the, risk off, risk on, safe haven(|s), capital controls, foreign reserves, foreign exchange reserves`;

/** 0.5: economy and markets at large; two of them, or one with a country, are enough. */
const RELATED = `
  recession, economic growth, economy, economies, economic (data|outlook|slowdown|recovery|activity|policy), stagflation, deflation,
  disinflation, stimulus, tariff(|s), trade (war|deal|talks|tensions), exports, imports, sanctions, government shutdown, debt ceiling,
  sovereign (debt|rating|wealth), credit rating
  wage growth, wages, unemployment, housing starts, consumer (confidence|spending|sentiment), business confidence,
  manufacturing (activity|output|sector), factory (activity|orders), soft landing, hard landing, monetary, fiscal, budget deficit,
  bond(|s), yields, OPEC, brent, crude, oil prices, gold (price|prices), wall street, stocks, equities, emerging markets,
  Asian (stocks|shares|markets), volatility, hedge funds, geopolitical, inflation expectations, IMF, World Bank, markets`;

/** 0.35: places whose money is traded here. */
const PLACES = `
  singapore, singaporean, US, USA, United States, America, American, Washington, China, Chinese, Beijing, Japan, Japanese, Tokyo,
  euro zone, eurozone, Europe, European, EU, Germany, German, France, French, Britain, British, UK, United Kingdom, England, Australia,
  Australian, New Zealand, Canada, Canadian, Switzerland, Swiss, Hong Kong, Asia, Asian, ASEAN, Malaysia, Indonesia, Thailand, India,
  South Korea, Taiwan, Trump, White House, DBS, OCBC, UOB, Temasek, GIC, MTI`;

/** Nicknames that are also everyday words. */
const AMBIGUOUS = `
  pound, pounds, cable, aussie, kiwi, buck, franc, peso, won, rand, real, hike, hikes, easing, tightening, peg, rates, hedging,
  basis points, pips, intervention, bulls, bears, Treasury, treasury, central, band, slope`;

const TRAPS = `
  fed up, well fed, fed the, fed by, Federal Park, federal park, Christmas, christmas, (a|the|his|her|their|my|your|with a|no) yen for,
  yen for travel, yen to travel, dollar (store|stores|tree|general|shave|menu), Dollar (General|Tree|Shave Club),
  (million|billion|trillion|multi million|multi billion) dollar
  pound of, pounds of, pound puppies, pound cake, dog pound, quarter pound, Ezra Pound, (lost|lose|gain|gained) (pounds|weight),
  cable (car|cars|TV|tv|company|operator|news|channel|network|maker|guy|box),
  (submarine|undersea|subsea|power|fibre|fiber|optic|data) cable, cable theft, cable repair
  kiwi (fruit|fruits|bird|birds|berries|farm), aussie (rules|open|rum|actor|star|shepherd|fans|cricketers),
  Aussie (rules|Rules|actor|star|fans|Open), euro (2020|2024|2028|cup|trip|vision|millions|star|disney|final|finals|qualifier|qualifiers),
  Euro (2020|2024|2028|Cup|Disney|final|finals|qualifier|qualifiers), Euro Cup
  Rand Paul, rand paul, Ayn Rand, rand corporation, RAND, real estate, real madrid, real time, real life, real terms, won the, won a,
  won an, mas que, El Mas, Sterling (Archer|Heights|K), Raheem Sterling, Roger Sterling,
  sterling (silver|reputation|work|performance|effort|record|job), Heathrow, US Open, Team USA, interest rate(|s) of interest,
  World Bank Stadium, Bank of (America|Ireland|Nova Scotia|New York Mellon|Queensland), let us, join us, contact us, Bailey's, Baileys,
  Beatrix Potter, dollar bill collection, rubber band, rock band, boy band, slippery slope, ski slope, hike trail, mountain hike,
  stock cube, stocks of fish, bears fans, Chicago (Bears|Bulls), chicago (bears|bulls)`;

/** Every term with its weight; the later of two equal phrases counts, so traps come last. */
export function relevanceTerms(): (readonly [string, RelevanceTerm])[] {
  const list = (phrases: string, weight: number, kind: "plain" | "place" | "ambiguous" | "trap" = "plain") =>
    phrasesOf(phrases).map((term) => [term, termOf(term, weight, kind)] as const);
  return [
    ...list(PLACES, 0.35, "place"),
    ...list(RELATED, 0.5),
    ...list(AMBIGUOUS, 0.5, "ambiguous"),
    ...list(STRONG, 0.8),
    ...list(DECISIVE, 1),
    ...list(TRAPS, 0, "trap"),
  ];
}

function termOf(term: string, weight: number, kind: "plain" | "place" | "ambiguous" | "trap"): RelevanceTerm {
  return {
    term: term.replace(/^the /, "").replace(/^fed( .*|)$/, "Fed"),
    weight,
    is_ambiguous: kind === "ambiguous",
    is_place: kind === "place",
    is_trap: kind === "trap",
  };
}
