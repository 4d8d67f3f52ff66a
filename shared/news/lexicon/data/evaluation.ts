import type { Entry } from "../effect.ts";
import { adjectives, event, nouns, polar, verbs, words } from "../entries.ts";

/** Better and worse than expected, and the adjectives of performance. */
export const evaluationEntries = (): readonly Entry[] => [
  ...verbs(
    `beat/beat/beaten, top, exceed, surpass, outpace, outperform, outshine, eclipse, outstrip*,
       crush (estimates|expectations|forecasts|it), smash (estimates|expectations|forecasts|records), blow/blew/blown past,
       blow/blew/blown away, come/came/come in above, come/came/come in ahead of, surprise (positively|to the upside|on the upside),
       impress, trounce, overdeliver, fly/flew/flown past, sail past, race past, breeze past`,
    polar(0.9),
  ),
  ...words(
    `(better|stronger|brighter|milder|more strongly) than (expected|forecast|anticipated|estimated|feared|thought|predicted|planned|previously),
       (better|stronger|more strongly) than (analysts|analyst|economists|the market|market|consensus) (expected|expectations|forecasts|estimates),
       (above|ahead of) (estimates|expectations|forecasts|forecast|consensus|views|the street|analyst estimates|analysts' estimates|guidance|market expectations|plan|target|schedule),
       beats, upside surprise, positive surprise, blowout (quarter|results|earnings), double beat, beat and raise`,
    polar(0.9),
  ),
  ...words(
    `less than (feared|expected loss), (losses|loss) smaller than expected, not as bad as,
       smaller than expected (loss|losses|drop|decline|fall), narrower than expected`,
    polar(0.7),
  ),
  ...verbs(
    `miss, undershoot/undershot/undershot, underperform, lag, trail, fall/fell/fallen short, come/came/come in below,
       come/came/come up short, disappoint, underwhelm, fail, fall/fell/fallen behind, lose/lost/lost out`,
    polar(-0.9),
  ),
  ...words(
    `(worse|weaker|slower|softer|poorer) than (expected|forecast|anticipated|estimated|feared|thought|predicted|planned|previously),
       (worse|weaker|slower) than (analysts|analyst|economists|the market|market|consensus) (expected|expectations|forecasts|estimates),
       (below|shy of|short of|under) (estimates|expectations|forecasts|forecast|consensus|views|the street|analyst estimates|analysts' estimates|market expectations|plan|target),
       misses, downside surprise, negative surprise, disappointing, disappointingly, disappointment, underwhelming, lacklustre,
       lackluster, tepid, anaemic, anemic, dismal, below the street, double miss`,
    polar(-0.9),
  ),
  ...words(
    `higher than expected (costs|losses|inflation|loss), larger than expected (loss|losses|drop|decline|fall),
       bigger than expected (loss|losses|drop|decline|fall), wider than expected`,
    polar(-0.9),
  ),
  ...words("lower than expected (costs|losses|inflation|loss|unemployment|tax)", polar(0.8)),

  ...verbs(
    `improve, strengthen, recover, thrive, flourish, prosper, boom, shine/shone/shone, excel, perform well, do/did/done well, turn around,
       revive, revitalise, revitalize, regain, recoup, bottom out, stabilise, stabilize, heal, buoy, bolster, uplift, cheer, propel,
       turbocharge, underpin, lift off, blossom, enhance, optimise, optimize, streamline`,
    polar(0.75),
  ),
  ...nouns(
    `improvement, recovery, turnaround, boom, upside, success, breakthrough, windfall, tailwind, milestone, achievement, upgrade, revival,
       resurgence, comeback, renaissance, boost`,
    polar(0.7),
  ),
  ...verbs(
    `worsen, weaken, deteriorate, suffer, struggle, stumble, falter, flounder, stall, stagnate, languish, flag, sour, disappoint,
       hurt/hurt/hurt, hit/hit/hit by, batter, pummel*, hammer, pound, punish, dent, burden, weigh on, weigh down, weigh heavily, drag,
       drag on, undermine, jeopardise, jeopardize, threaten, endanger, hamper, hinder, hobble, cripple, squeeze, crimp,
       eat/ate/eaten into, bite/bit/bitten, sap, erode, plague, bedevil*, haunt, cloud, overshadow, rattle, spook, unnerve, roil, rock,
       jolt, shake/shook/shaken, damage, harm, impair, impede, dampen, damp, derail*, wreck, ravage, decimate, backfire,
       go/went/gone wrong, run/ran/run into trouble, take/took/taken a (hit|beating|tumble), bleed/bled/bled,
       burn/burnt/burnt through cash, stoke fears, fuel fears, trigger fears, raise (fears|concerns|doubts|worries|questions)`,
    polar(-0.75),
  ),
  ...nouns(
    `deterioration, weakness, setback, failure, trouble, problem, difficulty, downside, malaise, stagnation, disruption, woe, blow, drag,
       slump, downturn, rout, sell off, selloff, plunge, meltdown, bust, debacle, fiasco, disaster, catastrophe, nightmare, hardship,
       pain, damage, glut, overcapacity, oversupply, squeeze, crunch, disappointment, underperformance, misstep, flop, obstacle, hurdle,
       struggle, cloud over`,
    event(-0.7),
  ),
  ...words(
    `(strong|robust|healthy|solid|brisk|intense|fierce|stiff|stronger|tough|tougher) (competition|headwinds|headwind|pressure|inflation|selling|criticism|opposition)`,
    polar(-0.5),
  ),
  ...nouns("problem (solved|solving), solution to", { kind: "neutral", weight: 0 }),

  ...adjectives("strong, robust, solid, healthy, brisk, bright, buoyant, stellar, rosy, upbeat, impressive, resilient", polar(0.6)),
  ...words(
    `favourable, favorable, favourably, favorably, excellent, exceptional, outstanding, remarkable, encouraging, promising, successful,
       successfully, profitable, lucrative, booming, thriving, bumper, blockbuster, blowout, stunning, spectacular, superb,
       positive, positively, optimistic, confident, pleased, delighted, satisfied, happy with, satisfactory, bullish, record, best ever,
       better, best, upside potential, sound, stronger, beneficial, benefits from, benefited from, benefit from, benefitted from, rewarding,
       well positioned, on track, on course, back on track, ahead of plan, sold out, oversubscribed, high demand,
       unprecedented demand, rapid growth, growth opportunities, new opportunities,
       opportunity to grow, sweet spot, green shoots, goldilocks, undervalued, dirt cheap, compelling, accretive, value creating,
       good news, great news, great quarter, good quarter, good results, good result`,
    polar(0.55),
  ),
  ...words("well received, warmly received", polar(0.6)),
  ...words("well, gains traction, gaining traction, winning", polar(0.4)),
  ...words(
    `leading supplier, leading provider, world leading, world's leading, one of the (leading|largest|biggest), leading manufacturer,
       leading player, leading company`,
    { kind: "neutral", weight: 0 },
  ),
  ...adjectives("weak, poor, bleak, gloomy, soft, sluggish, feeble, grim, slack, dire", polar(-0.65)),
  ...words(
    `unfavourable, unfavorable, unfavourably, unfavorably, difficult, tough, tougher, challenging, troubled, troubling, worrying,
       worrisome, alarming, disastrous, devastating, painful, negative, negatively, pessimistic, pessimism, gloom, downbeat, bearish,
       cautious, bad, badly, worse, worst, worst ever, loss making, lossmaking, unprofitable, uncompetitive, inefficient, ailing,
       beleaguered, embattled, struggling, stricken, distressed, cash strapped, debt laden, debt ridden, heavily indebted, insolvent,
       bankrupt, stagnant, depressed, shaky, fragile, vulnerable, unsustainable, overvalued, overstretched, overheated, lagging, adverse,
       adversely, detrimental, harmful, severe, severely, critical of, problematic, dilutive, subdued, muted, patchy, uneven, choppy,
       turbulent, rocky, rough, volatile, uncertain, unstable, unprecedented losses, at risk, in trouble, in crisis, under pressure,
       under strain, under fire, under scrutiny, under threat, in jeopardy, on the brink, on the ropes, on the defensive, in the red,
       into the red, in freefall, behind schedule, over budget, off track, in doubt, ruled out growth, out of favour, out of favor,
       bad news, profit taking, scaled back expectations, too expensive, unable to repay`,
    polar(-0.6),
  ),
  ...words(
    `in the black, into the black,
       (swing|swings|swung|return|returns|returned|turn|turns|turned|turnaround|move|moves|moved|swinging|back) (to|into) (a|an|) (profit|profitability|growth|black|net profit|operating profit),
       (broke|break|breaks|breaking) even, zero loss from`,
    polar(1),
  ),
  ...words(
    `(swing|swings|swung|turn|turns|turned|slip|slips|slipped|slid|slides|fall|falls|fell|sink|sinks|sank|swinging|plunge|plunges|plunged|slump|slumps|slumped|move|moves|moved|dip|dips|dipped|tumble|tumbled) (to|into) (a|an|) (loss|losses|net loss|operating loss|pretax loss|pre tax loss|red|recession|negative|deficit|contraction|bear market),
       (turn|turns|turned|turning|went|was) negative, from profit to loss, from a profit to a loss`,
    polar(-1),
  ),
  ...words(
    "(turn|turns|turned|turning) positive, from loss to profit, (gain|gains|gained|regain|regains) (ground|traction|footing|momentum)",
    polar(0.8),
  ),
];
