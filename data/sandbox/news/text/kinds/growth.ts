import type { TwoSided } from "../wording.ts";

/** Output, surveys, retail sales. */
export const GROWTH: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{adjective} economy [grows|expands] {growth}% in {quarter} quarter, [beating|topping] forecasts",
          "{adjective} growth [rebounds|accelerates] as [consumers spend|exports recover], [easing recession fears|lifting outlook]",
          "[Strong|Upbeat] {adjective} data [lift|boost|support] {currency} [as growth fears fade|and bond yields]",
          "{country} [avoids recession|defies gloom] as growth [surprises on the upside|beats forecasts]",
        ],
        leads: [
          "{adjective} gross domestic product grew {growth}% in the {quarter} quarter from a year earlier, [beating|above] the {growth_expected}% expected by economists, [helped|driven] by [manufacturing|consumer spending|construction].",
          "The economy of {country} performed better than expected in the {quarter} quarter, data from {growth_office} showed on {day}, and [upgrades|higher forecasts] are [likely|on the way].",
        ],
      },
      {
        titles: [
          "{adjective} [factory activity|business activity] [expands|picks up] more than expected, {currency} [gains|rises]",
          "[Strong|Upbeat] {adjective} data [lift|boost|support] {currency} [as growth fears fade|and bond yields]",
        ],
        leads: [
          "Business activity in {country} [expanded|strengthened] in {last_month} at the fastest pace in [eight|10|14] months, a closely watched survey showed on {day}, [lifting|buoying] {the_currency}.",
        ],
      },
      {
        titles: [
          "{adjective} retail sales [jump|surge] {growth}%, [signalling|a sign of] resilient demand",
          "[Strong|Upbeat] {adjective} data [lift|boost|support] {currency} [as growth fears fade|and bond yields]",
          "{adjective} shoppers spend more than expected, [brightening growth outlook|lifting {currency}]",
        ],
        leads: [
          "Consumers in {country} [opened their wallets|spent freely] in {last_month}: retail sales rose {growth}% from a month earlier, well above forecasts, data from {growth_office} showed on {day}.",
        ],
      },
    ],
    details: [
      "The purchasing managers’ index rose to {pmi} from {pmi_before}, further above the 50 mark that separates growth from contraction. New orders [increased|improved] for a third month and firms took on staff.",
      "“The economy is in much better shape than the consensus believed,” said {analyst}. “That is positive for the currency, because it reduces the need for easing.”",
      "Retail sales were up {growth}% and industrial output also [rose|improved], although construction [lagged|was flat]. {growth_office} revised the previous reading up to {growth_before}%.",
      "{house} raised its growth forecast for {place} for {year} and said the risk of a downturn had [receded|diminished].",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{adjective} economy [slows|loses steam] in {quarter} quarter, [missing|falling short of] forecasts",
          "{adjective} growth [stalls|weakens] as [consumers hold back|orders dry up], [stoking recession fears|darkening outlook]",
          "[Weak|Disappointing|Gloomy] {adjective} data [hit|weigh on|hurt] {currency} [as growth fears mount|and bond yields]",
          "{country} [edges towards recession|on brink of recession] as [output shrinks|growth disappoints]",
        ],
        leads: [
          "{adjective} gross domestic product grew just {growth}% in the {quarter} quarter from a year earlier, [short of|below] the {growth_expected}% expected by economists, [dragged down|held back] by [manufacturing|weak consumer spending|construction].",
          "The economy of {country} performed worse than expected in the {quarter} quarter, data from {growth_office} showed on {day}, and [downgrades|lower forecasts] are [likely|on the way].",
        ],
      },
      {
        titles: [
          "{adjective} [factory activity|business activity] [contracts|shrinks] more than expected, {currency} [drops|falls]",
          "[Weak|Disappointing|Gloomy] {adjective} data [hit|weigh on|hurt] {currency} [as growth fears mount|and bond yields]",
        ],
        leads: [
          "Business activity in {country} [contracted|shrank] in {last_month} at the fastest pace in [eight|10|14] months, a closely watched survey showed on {day}, [sinking|dragging down] {the_currency}.",
        ],
      },
      {
        titles: [
          "{adjective} retail sales [slump|tumble] {growth}%, [signalling|a sign of] faltering demand",
          "[Weak|Disappointing|Gloomy] {adjective} data [hit|weigh on|hurt] {currency} [as growth fears mount|and bond yields]",
          "{adjective} shoppers spend less than expected, [dimming growth outlook|hurting {currency}]",
        ],
        leads: [
          "Consumers in {country} [tightened their belts|held back] in {last_month}: retail sales fell {growth}% from a month earlier, far worse than forecast, data from {growth_office} showed on {day}.",
        ],
      },
    ],
    details: [
      "The purchasing managers’ index fell to {pmi} from {pmi_before}, further below the 50 mark that separates growth from contraction. New orders [declined|deteriorated] for a third month and firms shed staff.",
      "“The economy is in much worse shape than the consensus believed,” said {analyst}. “That is negative for the currency, because it brings easing closer.”",
      "Retail sales were down {growth}% and industrial output also [fell|weakened], although construction [held up|was flat]. {growth_office} revised the previous reading down to {growth_before}%.",
      "{house} cut its growth forecast for {place} for {year} and said the risk of a downturn had [risen|increased].",
    ],
  },
};
