import type { Entry } from "../effect.ts";
import { adjectives, down, nouns, up, verbs, words } from "../entries.ts";

/** Verbs, nouns and adverbs of direction. Good or bad only by what moves: see moveValue. */
export const movesEntries = (): readonly Entry[] => [
  ...verbs(
    `rise/rose/risen, climb, gain, ascend, move (up|higher), go/went/gone up, come/came/come up, head (up|higher), trend (up|higher),
       turn (up|higher)`,
    up(1, "back"),
  ),
  ...verbs(`push (up|higher), grind/ground/ground higher, drift (up|higher)`, up(0.9, "back")),
  ...verbs(
    `jump, surge, soar, rocket, skyrocket, balloon, leap, vault, zoom, spike, shoot/shot/shot up, rally, mushroom, explode higher,
       spiral* higher, rip higher`,
    up(1.2, "back"),
  ),
  ...verbs(
    `rebound, bounce, bounce back, spring/sprang/sprung back, pop, swell, mount, firm up, perk up, pick up, heat up, gather pace, inflate,
       appreciate, creep/crept/crept (up|higher)`,
    up(0.9, "back"),
  ),
  ...verbs("edge (up|higher), inch (up|higher), tick (up|higher), nudge (up|higher), poke higher, ratchet (up|higher)", up(0.8, "back")),
  ...verbs(
    `increase, raise, boost, lift, hike, double, triple, treble, quadruple, step up, ramp up, scale up, bump up, jack up, push up,
       drive/drove/driven up, send/sent/sent up, bring/brought/brought up, multiply, bolster, heighten, augment`,
    up(1, "ahead"),
  ),
  ...verbs(
    "grow/grew/grown, expand, accelerate, speed/sped/sped up, widen, broaden, deepen, quicken, intensify, escalate, lengthen, elevate",
    up(0.9, "ahead"),
  ),
  ...words("firmed, firmer, firming, firms to, firms on, firms as", up(0.9, "back")),
  ...words("advance, advances, advanced, advancing", up(0.9, "figure")),
  ...words(
    `higher, rising, soaring, surging, climbing, growing, mounting, swelling, elevated, increased, record breaking, highest,
       (more|larger|bigger|greater) than last year`,
    up(0.9, "ahead"),
  ),
  ...words(
    `(higher|more|larger|bigger|greater|faster|hotter|stickier) than (expected|forecast|anticipated|estimated|feared|thought|predicted|planned|previously),
       (higher|more|faster) than (analysts|economists|the market|consensus) (expected|expectations|forecasts|estimates)`,
    up(1.1, "back"),
  ),
  ...words(
    `(lower|less|smaller|fewer|cooler) than (expected|forecast|anticipated|estimated|feared|thought|predicted|planned|previously),
       (lower|less|fewer) than (analysts|economists|the market|consensus) (expected|expectations|forecasts|estimates)`,
    down(1.1, "back"),
  ),
  ...words("more, bigger, larger, greater, additional", up(0.5, "figure")),
  ...words("up, upward, upwards", up(1, "figure")),
  ...nouns("uptick, upswing, upturn, upsurge, uptrend, hike, increment, step up", up(0.9, "back")),
  ...words(
    `(record|all time|new|fresh|multi|year|month|week|day|session|intraday|decade|lifetime|historic|weekly|monthly|quarter) (high|highs|peak|peaks),
       (highest|strongest|best) (level|since|in|reading|close|finish), record, its highest, at highs, new (high|highs),
       (hits|hit|near|nears|at|touches|reaches|towards) highs, off lows,
       (from|off) (its|session|recent|the day's|daily|intraday|weekly|monthly) lows`,
    up(1, "back"),
  ),
  ...words("record (close|finish|quarter|year|result|results), rate of growth", up(0.8, "back")),

  ...verbs(
    `fall/fell/fallen, drop, decline, slide/slid/slid, slip, dip, move (down|lower), go/went/gone down, come/came/come down,
       head (down|lower), trend (down|lower), turn (down|lower)`,
    down(1, "back"),
  ),
  ...verbs(
    `push lower, grind/ground/ground lower, drift (down|lower), depreciate,
       lose/lost/lost ground, lose/lost/lost momentum, lose/lost/lost steam, run/ran/run out of steam`,
    down(1, "back"),
  ),
  ...verbs(
    `tumble, plunge, plummet, sink/sank/sunk, slump, crash, collapse, tank, crater, nosedive, dive/dove/dived, dive/dived/dived,
       nose dive, crumble, crumple, capitulate, implode, swoon, buckle, free fall, spiral* (down|lower), get/got/got hammered`,
    down(1.2, "back"),
  ),
  ...verbs(
    `retreat, ease, cool, soften, sag, shrink/shrank/shrunk, dwindle, wane, ebb, fade, dim, slow, slow down, moderate, decelerate, recede,
       abate, subside, diminish, skid, wilt, back off, pull back, fall/fell/fallen back, dry up, dissipate, evaporate, taper, taper off,
       level* off, erode, thin, droop, melt, narrow, calm, calm down, contracted, contracting`,
    down(0.9, "back"),
  ),
  ...verbs("edge (down|lower), inch (down|lower), tick (down|lower), nudge (down|lower), creep/crept/crept lower", down(0.8, "back")),
  ...verbs(
    `decrease, reduce, cut/cut/cut, slash, lower, trim, pare, shave, halve, curb, axe, chop, shed/shed/shed, lessen, minimise, minimize,
       scale (back|down), dial back, wind/wound/wound down, roll back, cut/cut/cut back, drag down, push down, drive/drove/driven down,
       bring/brought/brought down, send/sent/sent down, depress, dent, prune, shorten, shave off, wipe off, erase, deplete, alleviate,
       mitigate, relieve, tame`,
    down(1, "ahead"),
  ),
  ...words(
    `lower, falling, sliding, declining, shrinking, dwindling, plunging, tumbling, sinking, slowing, decreased, reduced, diminished,
       fading, easing, waning, slower, slowest, lowest, fewer, smaller, lesser`,
    down(0.9, "ahead"),
  ),
  ...words("less", down(0.5, "figure")),
  ...words("down, downward, downwards", down(1, "figure")),
  ...nouns(
    `downtick, downswing, downdraft, downtrend, pullback, slowdown, reduction, contraction, shrinkage, cutback, drop off, setback in,
       decrement`,
    down(1, "back"),
  ),
  ...words(
    `(record|all time|new|fresh|multi|year|month|week|day|session|intraday|decade|lifetime|historic|weekly|monthly|quarter) (low|lows|trough|troughs),
       (lowest|weakest|worst) (level|since|in|reading|close|finish), its lowest, at lows, new (low|lows),
       (hits|hit|near|nears|at|touches|reaches|towards) lows, off highs,
       (from|off) (its|session|recent|the day's|daily|intraday|weekly|monthly) highs`,
    down(1, "back"),
  ),
  ...words(
    `(economy|activity|factory activity|manufacturing activity|business activity|services activity|output|industrial output|factory output|gdp|sector|private sector|services sector|manufacturing|manufacturing sector|industrial production|market|production|industry|growth) (unexpectedly|sharply|slightly|further|) (contracts|contract)`,
    down(1, "back"),
  ),
  ...adjectives("steep", { kind: "scale", factor: 1.2 }),
];
