import type { Entry } from "../effect.ts";
import { down, nouns, polar, up, verbs, words } from "../entries.ts";

/** What FX desks say of currencies, pairs and metals. */
export const fxTalkEntries = (): readonly Entry[] => [
  ...words(
    `supported, favoured, favored, (recovers|recover|recovered|regains|regained|makes up) (some|lost|) ground, bought, on the bid, (cycle|policy|monetary|surprise|further|more|faster) tightening, tightening (bias|bets|cycle|expectations), well supported, remain supported, underpinned, well bid, stays bid, in demand, sought after, safe haven (support|bids|bid|demand|flows|appeal|status|buying),
       haven (support|bids|buying|appeal), (dips|dip|pullbacks|weakness) (to be|should be|remain|remains|likely to be|seen|are|should remain|likely) (bought|supported|limited|shallow),
       buy (on dips|the dip|dips|on weakness), buy on (a|) dip, (dips|dip) (attract|attracts|draw|draws) (buyers|buying), (buying|bought) dips,
       (upper hand|in control|in charge), upper hand, regains the smile, firm footing, finds (relief|its feet|footing|demand|bids|buyers|a floor|a base|takers),
       find (relief|buyers|takers|demand), finds its footing, catches a bid, gets a (breather|lift|boost|reprieve|leg up), gets breather,
       gains favour, wins favour, higher ground, (holds|hold|keeps|maintains|stays on) (higher|firm) (ground|footing), (bullish|positive|upside|constructive) (bias|tone|outlook|potential|risk|risks|bets|view|stance),
       further upside, additional upside, upside (potential|bias|risks|favoured|favored|favoured), (looks|look|remains|remain|stays) (bid|firm|supported|underpinned|constructive|poised),
       poised for (gains|a rise|a rally|more gains),
       (aims|aim|aiming) (for|at|to) (FIGURE|highs|new highs|further gains|extend), (hits|hit|prints|refreshes|renews|posts|marks|touches|scales|notches) (ANY|ANY ANY|) (high|highs|top|tops|peak|peaks),
       fresh (top|tops|peak|peaks|highs), (session|daily|weekly|monthly|intraday|multi week|multi month|yearly|ytd|multi year) (top|tops|peak|peaks|high|highs),
       opens (the door|doors|) to (FIGURE|further gains|gains), paves the way for (further|more|additional|) gains, (first|second|third|fourth|fifth) (straight|consecutive|) (daily|weekly|monthly|day of|week of|month of|) gain,
       opens up FIGURE, outperform, outperforms, outperforming, best performer, best performing, star performer, top performer`,
    polar(0.7),
  ),
  ...words(
    `capped, (gives|give|gave|cedes|yields) (back|up|) (some|) ground, sold, (cycle|policy|monetary|surprise|further|more|faster) easing, easing (bias|bets|cycle|expectations), remains capped, offered, looks offered, stays offered, depressed, remains depressed, on offer, out of favour, unloved, unattractive,
       (rallies|rally|bounces|rebounds|gains|strength|upticks) (to be|should be|remain|remains|likely to be|seen|are|likely) (sold|capped|limited|faded|short lived),
       sell (on rallies|the rally|rallies|on strength|into strength|the rip), selling rallies, lower ground, (holds|hold|keeps) lower (ground), keeps reds, in red, in reds, drops for,
       (bearish|negative|downside|dovish) (bias|tone|outlook|pressure|risk|risks|view|stance|move), further downside, additional downside, downside (favoured|favored|exposed|ahead),
       (looks|look|remains|remain|seems|stays|appears) (vulnerable|heavy|weak|fragile|offered|exposed|soft|under pressure|on the back foot|pressured|depressed|toppish),
       (hits|hit|prints|refreshes|renews|posts|marks|touches|plumbs) (ANY|ANY ANY|) (low|lows|bottom|trough), fresh (low|lows|trough|bottom),
       (session|daily|weekly|monthly|intraday|multi week|multi month|yearly|ytd|multi year) (bottom|trough|low|lows),
       exposes FIGURE, would expose FIGURE, (first|second|third|fourth|fifth) (straight|consecutive|) (daily|weekly|monthly|day of|week of|month of|) (loss|fall|drop|decline),
       (loses|lose|losing|lost) (its|the|their|) (grip|footing|shine|traction|sheen|allure|lustre|luster|appeal|charm|way|bid), loses the bullish,
       bodes ill, bodes badly, boxed in, in the firing line, under fire, worst performer, worst performing, laggards,
       net short, turn short, turns short, short positions, on shaky ground, no match for, paves the way for (further|more|additional|) losses, opens the door to (further|more|) losses`,
    polar(-0.7),
  ),
  ...words(
    `risk off, risk aversion, risk averse, flight to safety, risk on, risk appetite, risk mood, risk sentiment, market mood, mood sours, mood improves`,
    { kind: "neutral", weight: 0 },
  ),
  ...verbs("hit/hit/hit, hurt/hurt/hurt", down(0.8, "object")),
  ...words("(price|technical) (analysis|forecast|prediction|news|outlook|update), on (course|track) (for|to)", {
    kind: "neutral",
    weight: 0,
  }),
  ...nouns("appreciation, revaluation", up(0.9, "back")),
  ...nouns("depreciation, devaluation", down(0.9, "back")),
  ...verbs("justify, track, follow, mirror, heed", polar(0)),
  ...words("(off|from|above) (its|the|a|session|daily|weekly|intraday|) (worst levels|bottom|trough)", up(0.8, "back")),
  ...words("(off|from|below) (its|the|a|session|daily|weekly|intraday|) (best levels|top|tops)", down(0.8, "back")),
  ...words(
    `(stuck|trapped|confined|locked) (in|within|inside|between), (range|ranges) (intact|trading|play), sideways, seesaws, oscillates, consolidates, consolidation, consolidative, range bound,
       neutral (outlook|stance|view|phase|bias), mixed (signals|picture|outlook), (sticks|stick) to (familiar|a|its|tight|recent), further consolidation, extra consolidation,
       what next, all eyes on, (three|five|two|four) (things|factors|reasons) to, week in review, coin toss, sits tight, sidelined, on the sidelines, looks to, (likely|to|may|could|seen|expected) (to|) (trade|range|consolidate|move) (between|within|in|sideways)`,
    { kind: "neutral", weight: 0.8 },
  ),
];
