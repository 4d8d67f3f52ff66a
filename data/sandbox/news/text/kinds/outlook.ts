import type { TwoSided } from "../wording.ts";

/** The currency's own moves, forecasts and positions. */
export const OUTLOOK: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{currency} [hits|climbs to|reaches] {weeks} high {against_short}",
          "{currency} extends winning run [to fifth day|into third week] as [buyers pile in|demand builds]",
        ],
        leads: [
          "{the_currency} [rose|climbed] to a {weeks} high {against} on {day} and analysts expect the rally to [continue|have further to run].",
        ],
      },
      {
        titles: [
          "Analysts [turn bullish on|lift forecasts for] {currency} as [inflows build|rate gap narrows]",
          "{currency} [set to extend gains|has further to rise], [strategists|analysts] say",
          "{house} [upgrades|raises forecast for] {currency}, cites [resilient growth|attractive yields]",
        ],
        leads: [
          "Strategists at {house} raised their {forecast_months}-month forecast for {the_currency} on {day}, [pointing to|citing] [capital inflows|higher relative yields|an improving growth outlook].",
        ],
      },
      {
        titles: [
          "[Speculators|Hedge funds] [raise bullish bets on|add to long positions in] {currency}",
          "Fund managers [most bullish on {currency} in more than a year|warm to {currency}], survey shows",
        ],
        leads: [
          "Investors are the most [bullish|optimistic] on {the_currency} in [more than a year|18 months], a survey of fund managers showed on {day}.",
        ],
      },
      {
        titles: [
          "{currency} [rebounds|recovers] from lows as [sellers retreat|bears cover shorts]",
          "{currency} [shrugs off|withstands] weak data to [extend rally|post further gains]",
        ],
        leads: [
          "{the_currency} [reversed|erased] early losses on {day} and was up {move}%, as [dip buyers emerged|short positions were unwound].",
        ],
      },
    ],
    details: [
      "“We like the currency here and would not bet against it,” said {analyst}. “Flows are supportive, valuations are not stretched and the central bank is unlikely to stand in the way.”",
      "Net long positions rose for a [third|fourth] week. Chart watchers said the break of its 200-day moving average opened the way to further gains.",
      "Some investors [caution|warn] that the move has been fast, but few see a reversal. Options markets showed a growing premium for contracts that profit from a stronger currency.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{currency} [hits|sinks to|slides to] {weeks} low {against_short}",
          "{currency} extends losing run [to fifth day|into third week] as [sellers pile in|demand dries up]",
        ],
        leads: [
          "{the_currency} [fell|sank] to a {weeks} low {against} on {day} and analysts expect the slide to [continue|have further to run].",
        ],
      },
      {
        titles: [
          "Analysts [turn bearish on|cut forecasts for] {currency} as [outflows mount|rate gap widens]",
          "{currency} [set to extend losses|has further to fall], [strategists|analysts] say",
          "{house} [downgrades|cuts forecast for] {currency}, cites [slowing growth|falling yields]",
        ],
        leads: [
          "Strategists at {house} cut their {forecast_months}-month forecast for {the_currency} on {day}, [pointing to|citing] [capital outflows|lower relative yields|a deteriorating growth outlook].",
        ],
      },
      {
        titles: [
          "[Speculators|Hedge funds] [raise bearish bets on|build short positions in] {currency}",
          "Fund managers [most bearish on {currency} in more than a year|sour on {currency}], survey shows",
        ],
        leads: [
          "Investors are the most [bearish|pessimistic] on {the_currency} in [more than a year|18 months], a survey of fund managers showed on {day}.",
        ],
      },
      {
        titles: [
          "{currency} [fails to hold gains|gives up gains] as [buyers retreat|sellers return]",
          "{currency} [fails to benefit from|shrugs off] strong data, [extends losses|stays under pressure]",
        ],
        leads: [
          "{the_currency} [gave up|surrendered] early gains on {day} and was down {move}%, as [buyers stayed away|long positions were unwound].",
        ],
      },
    ],
    details: [
      "“We would not try to catch this falling knife,” said {analyst}. “Flows are negative, valuations are stretched and the central bank is unlikely to step in.”",
      "Net short positions rose for a [third|fourth] week. Chart watchers said the break of its 200-day moving average opened the way to further losses.",
      "Some investors [argue|say] that the move has gone too far, but few see a rebound soon. Options markets showed a growing premium for contracts that profit from a weaker currency.",
    ],
  },
};
