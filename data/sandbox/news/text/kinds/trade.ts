import type { TwoSided } from "../wording.ts";

export const TRADE: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{adjective} exports [surge|jump|climb] {trade}% in {last_month}, [beating|topping] forecasts",
          "{currency} [firms|gains] as {adjective} exports [rebound|recover strongly]",
          "{adjective} exports [snap losing streak|return to growth] on [chip demand|Asian demand]",
        ],
        leads: [
          "{adjective} {export_name} rose {trade}% in {last_month} from a year earlier, [beating|exceeding] the {trade_expected}% gain expected by economists, on strong demand for [electronics|machinery|pharmaceuticals].",
        ],
      },
      {
        titles: [
          "{adjective} trade surplus [widens|swells] as [shipments rise|exports recover], [supporting|lifting] {currency}",
          "{adjective} trade balance improves more than forecast, [a tailwind for|lifting] {currency}",
        ],
        leads: [
          "The {adjective} trade balance improved by {balance} billion dollars in {last_month}, data from {trade_office} showed on {day}, [helping|supporting] {the_currency}.",
        ],
      },
      {
        titles: [
          "{country} [wins tariff relief|reaches trade deal], [brightening outlook for|a boost for] exporters",
          "Tariff deal [lifts cloud over|boosts] {adjective} exporters and {currency}",
        ],
        leads: [
          "{country} [secured|won] an agreement on {day} that will lower tariffs on its exports, removing a [major|long-standing] threat to growth and [boosting|lifting] {the_currency}.",
        ],
      },
    ],
    details: [
      "Shipments to China, the United States and Europe all increased, {trade_office} said. Imports were little changed.",
      "“External demand is clearly recovering,” said {analyst}. “Improving trade flows are a tailwind for the currency.”",
      "Economists had [feared|expected] that tariffs would hurt orders, but so far exporters have not seen a decline. New export orders rose to the highest level in [seven|nine] months.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{adjective} exports [slump|plunge|tumble] {trade}% in {last_month}, [worse than|missing] forecasts",
          "{currency} [weakens|slips] as {adjective} exports [shrink|fall sharply]",
          "{adjective} exports [extend losing streak|fall again] on [weak chip demand|soft Asian demand]",
        ],
        leads: [
          "{adjective} {export_name} fell {trade}% in {last_month} from a year earlier, [worse than|a steeper drop than] the {trade_expected}% decline expected by economists, on weak demand for [electronics|machinery|pharmaceuticals].",
        ],
      },
      {
        titles: [
          "{adjective} trade balance [worsens|deteriorates] as [shipments fall|orders dry up], [hurting|pressuring] {currency}",
          "{adjective} trade deficit widens more than forecast, [a headwind for|dragging on] {currency}",
        ],
        leads: [
          "The {adjective} trade balance worsened by {balance} billion dollars in {last_month}, data from {trade_office} showed on {day}, [hurting|weighing on] {the_currency}.",
        ],
      },
      {
        titles: [
          "{country} [hit by new tariffs|fails to reach trade deal], [darkening outlook for|a blow to] exporters",
          "Collapse of tariff talks [hits|rattles] {adjective} exporters and {currency}",
        ],
        leads: [
          "Talks over tariffs on exports from {country} [collapsed|ended without agreement] on {day}, [clouding|darkening] the growth outlook and [hitting|dragging down] {the_currency}.",
        ],
      },
    ],
    details: [
      "Shipments to China, the United States and Europe all declined, {trade_office} said. Imports were little changed.",
      "“External demand is clearly fading,” said {analyst}. “Deteriorating trade flows are a headwind for the currency.”",
      "Economists had hoped that orders would recover, but exporters have yet to see an improvement. New export orders fell to the lowest level in [seven|nine] months.",
    ],
  },
};
