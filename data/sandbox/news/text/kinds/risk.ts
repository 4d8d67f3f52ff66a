import type { TwoSided } from "../wording.ts";

/** Appetite for risk, for a currency that gains with it. */
export const RISK_CURRENCY: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{currency} [rallies|climbs|gains] as [risk appetite returns|investors shed havens]",
          "{currency} [rises|advances] with stocks on [hopes of trade truce|ceasefire hopes|China stimulus]",
          "[Risk-on mood|Improving sentiment] [lifts|boosts] {currency} [to {weeks} high|as stocks rally]",
          "Relief rally [sends|pushes] {currency} higher as [fears ease|tensions ebb]",
        ],
        leads: [
          "{the_currency} [rose|climbed] on {day} as [easing tensions|upbeat earnings|Chinese stimulus] revived investors’ appetite for [riskier|higher-yielding] assets.",
          "Investors returned to {the_currency} on {day} after a [truce|deal|ceasefire] removed one of the biggest threats to global growth, [lifting|driving] it {move}% {against}.",
        ],
      },
    ],
    details: [
      "Global stocks [gained|rallied] more than 1% and measures of volatility fell to their lowest in [five|seven] weeks. Demand for havens such as gold and government bonds [faded|waned].",
      "“The worst fears of the market have not come true,” said {analyst}. “We expect [more upside|further gains] for the currency as long as equities hold up.”",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{currency} [slides|sinks|tumbles] as investors [flee risk|rush to safety]",
          "{currency} [falls|drops] with stocks on [trade war fears|escalating conflict|China slowdown fears]",
          "[Risk-off mood|Souring sentiment] [hits|batters] {currency} [to {weeks} low|as stocks sink]",
          "[Flight to safety|Market rout] [drags|pushes] {currency} lower as [fears mount|tensions rise]",
        ],
        leads: [
          "{the_currency} [fell|slid] on {day} as [rising tensions|poor earnings|signs of a Chinese slowdown] sapped investors’ appetite for [riskier|higher-yielding] assets.",
          "Investors dumped {the_currency} on {day} after [talks broke down|fighting escalated|new tariffs were announced], [knocking|pulling] it down {move}% {against}.",
        ],
      },
    ],
    details: [
      "Global stocks [lost|shed] more than 1% and measures of volatility jumped to their highest in [five|seven] weeks. Demand for havens such as gold and government bonds [rose|surged].",
      "“There is no reason to buy the dip yet,” said {analyst}. “We expect [more downside|further losses] for the currency as long as the uncertainty lasts.”",
    ],
  },
};

/** The same for a haven, which gains when investors are afraid. */
export const HAVEN_CURRENCY: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{currency} [rises|gains|climbs] on [safe-haven demand|haven flows] as [tensions escalate|stocks tumble]",
          "Safe-haven {currency} [in demand|jumps] as [trade fears|war fears] grip markets",
          "{currency} [hits {weeks} high|strengthens] as investors [seek safety|rush to havens]",
        ],
        leads: [
          "{the_currency} [rose|climbed] on {day} as investors sought safety from [tumbling stocks|rising geopolitical tensions|a new round of tariffs].",
          "Demand for havens [lifted|drove up] {the_currency} by {move}% {against} on {day} as [fighting escalated|talks broke down|bank shares slumped].",
        ],
      },
    ],
    details: [
      "Global stocks fell more than 1% and gold advanced. “In such a market, money goes where it is safe,” said {analyst}. “That favours the currency for now.”",
      "Investors unwound [carry trades|bets on riskier currencies], and options showed growing demand for protection. Analysts saw no sign that the haven bid was about to fade.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{currency} [falls|slips|retreats] as [haven demand fades|fears ease], stocks [rally|rebound]",
          "Safe-haven {currency} [loses appeal|sinks] as [trade hopes|ceasefire hopes] lift markets",
          "{currency} [hits {weeks} low|weakens] as investors [return to riskier assets|abandon havens]",
        ],
        leads: [
          "{the_currency} [fell|slipped] on {day} as investors [left|abandoned] havens on [hopes of a truce|a rebound in stocks|progress in trade talks].",
          "Fading demand for havens [pushed down|knocked] {the_currency} by {move}% {against} on {day} as [a ceasefire held|talks made progress|bank shares recovered].",
        ],
      },
    ],
    details: [
      "Global stocks rose more than 1% and gold declined. “Nobody needs shelter in such a market,” said {analyst}. “That leaves the currency without support for now.”",
      "Investors rebuilt [carry trades|bets on riskier currencies] funded in havens, and demand for protection in options dried up.",
    ],
  },
};
