import type { Entry } from "../effect.ts";
import { tickerPolar, words } from "../entries.ts";

/** What traders do with the share that they name: words too common to count anywhere else. Any other list that has them too overrides these. */
export const tickerTalkEntries = (): readonly Entry[] => [
  ...words(
    `calls, call, long, buy, buying, bought, buys, adding, add, added, hold on, holding, bull, bulls, ath, all time highs, on fire,
       flying, running, runner, send it, lfg, yolo, squeeze, lotto calls, bounce, gap up, gapping up, gaps up, curl, curling, green,
       breakout watch, push, scalp long, higher, popping, dip buy, hod, reversal up, base, basing, strong, cheap, love, great, loading,
       winner, winners, beauty, monster, explosive, higher targets, upside`,
    tickerPolar(0.6),
  ),
  ...words(
    `puts, put, short, shorts, shorting, sell, selling, sold, sells, crushed, getting crushed, killed, destroyed, slammed, smoked, dumped,
       fade, fading, faded, red, gap down, gapping down, gaps down, lod, drop, weak, avoid, exit, stop out, ugly, overbought, expensive,
       bear, bears, broke, broken, toast, trouble, scam, fraud, bleeding, sinking, crap, worthless, downside, topping, trap,
       breakdown watch, lower, weakness`,
    tickerPolar(-0.6),
  ),
];
