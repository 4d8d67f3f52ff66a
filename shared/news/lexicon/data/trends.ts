import { phrasesOf } from "../../text/expandPhrase.ts";
import { verbForms } from "../inflect.ts";

/** Nouns of a movement that goes on for a while, and which way it goes. */
export const trendNouns = (): readonly (readonly [phrase: string, direction: 1 | -1])[] => [
  ...phrasesOf(
    `gain, gains, rally, rallies, rebound, recovery, rise, advance, climb, upside, upswing, uptrend, up move, bounce, surge, jump, strength,
       momentum, (bullish|upside|upward|positive) (momentum|bias|pressure), appreciation, uptick, bull run, buying, buying (interest|pressure),
       winning (streak|run), run up, upward (trend|trajectory), bulls, buyers, bids, ascent, comeback, rally attempt, recovery attempt,
       recovery (move|momentum|rally), corrective bounce, bounces, rebounds, spike, upside (risk|risks), (safe haven|haven) (appeal|demand|flows|bid|status), optimism, risk appetite, bull market, boom, (bullish|long) (bets|positions|wagers), net longs, longs,
       bets on`,
  ).map((phrase) => [phrase, 1] as const),
  ...phrasesOf(
    `losses, decline, declines, fall, drop, slide, slump, sell off, selloff, selling, selling (pressure|interest|bias), rout,
       retreat, pullback, downside, downtrend, downswing, down move, weakness, depreciation, losing (streak|run), correction, plunge, tumble, dip,
       (bearish|downside|downward|negative) (momentum|bias|pressure), downward (trend|trajectory|spiral), bears, sellers, slowdown, descent,
       bleeding, gloom, corrective (decline|pullback|slide), downfall, south run, pullback move, dips, pullbacks, setbacks, lost ground, (downside|bearish) (risk|risks), bear market, bets against, (bearish|short) (bets|positions|wagers), (short|bearish) ANY (bets|positions),
       net shorts, shorts`,
  ).map((phrase) => [phrase, -1] as const),
];

/** What becomes of such a movement, said before it ("pares gains") and behind it ("rally fades"): 1 goes on, -1 wears off, 0 cannot stand there. */
export interface Phase {
  readonly before: 1 | -1 | 0;
  readonly behind: 1 | -1 | 0;
}

type Phased = readonly [phrase: string, phase: Phase];

/** Verbs in all their forms, and what stands as it is. */
const phased = (list: string, phase: Phase, fixed = ""): readonly Phased[] =>
  [...phrasesOf(list).flatMap(verbForms), ...phrasesOf(fixed)].map((phrase) => [phrase, phase] as const);

export const phaseVerbs = (): readonly Phased[] => [
  ...phased(
    `pare, pare back, trim, erase, reverse, recoup, snap, break/broke/broken, surrender, give/gave/given (up|back), lose/lost/lost, cut/cut/cut,
       limit, cap, curb, contain, arrest, stem, unwind/unwound/unwound, reduce, wipe out, retrace, recover, recover from, rebound from, bounce from,
       bounce (back|up) from, claw back, shed/shed/shed, temper, relieve, alleviate, avoid, restrict, consolidate from, shrug off, wipe off,
       eat/ate/eaten into, undo/undid/undone, defy`,
    { before: -1, behind: 0 },
  ),
  ...phased(
    `fade, ease, halt, end, stop, pause, slow, slow down, fizzle, fizzle out, falter, stall, subside, wane, ebb, cool, cool off, moderate, dwindle,
       dissipate, evaporate, peter out, recede, diminish, dry up, level off, let/let/let up, die down, abate, dampen`,
    { before: -1, behind: -1 },
  ),
  ...phased(
    `run/ran/run out of (steam|gas|puff), lose/lost/lost (its|their|) (steam|momentum|traction|ground|grip|strength|pace),
       take/took/taken a (breather|pause), fail, crumble,
       disappear, vanish, lack (conviction|momentum|strength|legs|follow through|traction|steam), (find/found/found|attract|draw/drew/drawn|meet/met/met) (buyers|sellers|buying|selling|demand|support|bids|bargain hunters|dip buyers|resistance), come/came/come to an end, run/ran/run out of (road|momentum|puff), hit (a|) (wall|resistance|hurdle)`,
    { before: 0, behind: -1 },
    "(get|gets|getting|) squeezed, covered, limited, capped, contained, short lived, over, unsustainable, overdone, exhausted, supported, shallow, bought, sold, faded, (unlikely|not expected|not seen) to last, seen as (short lived|temporary|overdone), temporary, fleeting",
  ),
  ...phased(
    `extend, continue, continue with, resume, deepen, widen, accelerate, prolong, stretch, renew, intensify, gather, justify, enjoy, witness`,
    { before: 1, behind: 1 },
  ),
  ...phased(
    `add to, build/built/built on, hold/held/held, hold/held/held (on to|onto), maintain, cling/clung/clung to, cling/clung/clung onto, stick/stuck/stuck to,
       consolidate, preserve, retain, defend, nurse, suffer, sustain, post, print, notch, register, gain, attract, meet/met/met with, regain,
       come/came/come under, face, trigger, lead/led/led, portray, stage, mount, catch/caught/caught, keep/kept/kept, raise, increase,
       boost, build/built/built, ramp up, add`,
    { before: 1, behind: 0 },
  ),
  ...phased(
    `persist, worsen, escalate, gather (pace|steam|momentum|speed|strength), gain (pace|traction|momentum|strength|speed), pick up, pick up (pace|speed|steam), tighten grip, tighten (its|their|the) grip, take/took/taken (control|charge|over),
       remain, stay, prevail, dominate, linger, mount, grow/grew/grown, build/built/built, loom, broaden, spread/spread/spread`,
    { before: 0, behind: 1 },
    "intact, hit record, at record, hit highest",
  ),
];
