import type { Entry } from "../effect.ts";
import { event, nouns, polar, verbs, words } from "../entries.ts";

/** Economies, policy and the things that frighten markets. */
export const macroEntries = (): readonly Entry[] => [
  ...nouns(
    `recession, stagflation, depression, crisis, financial crisis, banking crisis, energy crisis, debt trap, hard landing, credit event,
       sovereign default, technical recession, austerity, hyperinflation, deflation, currency crisis, bank run, contagion, panic, turmoil,
       chaos, mayhem, carnage, bloodbath, crash, bear market, correction, capital flight, brain drain, downgrade, impasse, gridlock,
       stalemate, standoff, no deal brexit, shock, bubble, deadlock`,
    event(-0.75),
  ),
  ...nouns(
    `war, conflict, invasion, attack, airstrike, missile strike, terror attack, coup, riot, protest, unrest, earthquake, flood, hurricane,
       typhoon, drought, wildfire, pandemic, outbreak, epidemic, lockdown, quarantine, hostage, assassination, escalation, blockade,
       embargo, sanction, trade war, tariff threat, tariff hike, new tariff, retaliation, retaliatory tariff, government shutdown,
       export ban, export curb, export control, famine, nuclear threat, slowdown fear`,
    event(-0.42),
  ),
  ...words(
    `infected, virus, coronavirus, covid, covid 19, omicron, delta variant, safe haven bid, risk off, risk aversion, flight to safety,
       flight to quality, capital outflows, inverted yield curve, yield curve inverts, inversion, misery,
       squeezing (consumers|households), squeeze on households, debt ceiling standoff, shutdown fears, rate shock, taper tantrum,
       higher for longer, stranded, woes`,
    polar(-0.5),
  ),
  ...words(
    `soft landing, economic recovery, strong economy, economic boom, risk on, relief rally, santa rally, bull market, bull run,
       goldilocks economy, ceasefire, cease fire, peace deal, peace talks, truce, trade truce, trade deal, trade pact, trade agreement,
       free trade agreement, deal reached, breakthrough in talks, de escalation, deescalation, reopening, reopens, vaccine hopes,
       vaccine breakthrough, stimulus hopes, stimulus package, stimulus, rescue package, tax cut, tax cuts, tax break, tax relief,
       lifting of sanctions, sanctions relief, tariff relief, tariff exemption, tariff rollback, easing of restrictions,
       restrictions lifted, lockdown lifted, resumes production, resumes flights, full employment, disinflation, inflation under control,
       hopes of, hopes for, hope for, optimism over, optimism about, upgraded`,
    polar(0.55),
  ),
  ...verbs(
    `expand at fastest, grow/grew/grown at fastest, escape recession, dodge recession, exit recession, emerge from recession,
       weather the storm, shrug off, defy expectations, defy gravity, outgrow/outgrew/outgrown`,
    polar(0.8),
  ),
  ...words(
    `hot inflation, sticky inflation, runaway inflation, inflation fears, inflation spike, galloping inflation,
       soaring (prices|inflation|costs), price hikes`,
    polar(-0.5),
  ),
  ...words(
    `cooling inflation, softer inflation, tame inflation, benign inflation, inflation cools, inflation eases, price stability,
       cheaper fuel`,
    polar(0.5),
  ),
  ...words("upgrades, upgrade, credit upgrade, rating upgrade", polar(0.85)),
  ...words(
    `rating cut, rating downgrade, credit watch negative, watch negative, outlook negative, negative outlook, outlook to negative,
       to negative from stable, from stable to negative, lowers outlook, lowered (its|the|) outlook`,
    polar(-0.8),
  ),
  ...words("outlook to positive, positive outlook, outlook positive, to stable from negative, from negative to stable", polar(0.8)),
];
