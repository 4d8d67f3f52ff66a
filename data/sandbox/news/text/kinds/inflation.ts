import type { TwoSided } from "../wording.ts";

/** Consumer prices: a surprise upwards speaks for tighter policy and the currency. */
export const INFLATION: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{adjective} inflation [quickens|accelerates] to {value}%, [above forecasts|beating expectations]",
          "{adjective} [consumer prices|core inflation] [hotter than expected|rises more than forecast], [backing case for tightening|fuelling tightening bets]",
          "{currency} [climbs|rises] as [hot|stronger-than-expected] inflation [revives|boosts] bets on {bank} [tightening|action]",
          "Inflation in {country} [jumps|picks up] to {value}%, [keeps pressure on {bank}|denting hopes of easing]",
          "Sticky inflation in {country} leaves {bank} [little room to ease|no room for cuts]",
          "{adjective} inflation fails to cool in {last_month}, {bank} seen [tightening|staying hawkish]",
        ],
        leads: [
          "{adjective} consumer prices rose {value}% in {last_month} from a year earlier, [faster than|well above] the {value_expected}% that economists had forecast, [strengthening|bolstering] the case for tighter policy from {bank_long}.",
          "Inflation in {country} [accelerated|picked up] to {value}% in {last_month} from {value_before}% a month earlier, data from {price_office} showed on {day}, [lifting|supporting] {the_currency}.",
          "{adjective} {core} [exceeded|beat] forecasts at {value}% in {last_month}, a sign that price pressures have not gone away and that {the_bank} will be in no hurry to ease.",
        ],
      },
    ],
    details: [
      "Economists polled before the release had expected {value_expected}%. {core} also [rose|picked up], led by services, food and [rents|travel costs], {price_office} said.",
      "“This is not what the central bank wanted to see,” said {analyst}. “It makes a [hawkish|tighter] policy stance more likely and should keep the currency [well supported|bid].”",
      "Energy prices fell in the month, but that was more than offset by [higher food and housing costs|costlier services]. On a monthly basis prices rose at the fastest pace [in half a year|since the spring].",
      "Markets now see a chance of {odds}% that {the_bank} tightens policy at its next review, compared with {odds_before}% before the figures. {yields} rose.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{adjective} inflation [slows|eases|cools] to {value}%, [below forecasts|undershooting expectations]",
          "{adjective} [consumer prices|core inflation] [softer than expected|rises less than forecast], [clearing way for easing|cementing easing bets]",
          "{currency} [slips|falls] as [soft|weaker-than-expected] inflation [fuels|boosts] bets on {bank} [easing|action]",
          "Inflation in {country} [drops|falls] to {value}%, [takes pressure off {bank}|opening door to easing]",
          "Cooling inflation in {country} gives {bank} [room to ease|scope for looser policy]",
          "{adjective} inflation [misses forecasts|comes in below target] in {last_month}, {bank} seen [easing|turning dovish]",
        ],
        leads: [
          "{adjective} consumer prices rose {value}% in {last_month} from a year earlier, [less than|well below] the {value_expected}% that economists had forecast, [strengthening|bolstering] the case for looser policy from {bank_long}.",
          "Inflation in {country} [slowed|eased] to {value}% in {last_month} from {value_before}% a month earlier, data from {price_office} showed on {day}, [weighing on|pulling down] {the_currency}.",
          "{adjective} {core} [undershot|fell short of] forecasts at {value}% in {last_month}, a sign that price pressures are fading and that {the_bank} no longer needs to keep policy tight.",
        ],
      },
    ],
    details: [
      "Economists polled before the release had expected {value_expected}%. {core} also [slowed|eased], led by services, food and [rents|travel costs], {price_office} said.",
      "“This gives the central bank the evidence it was waiting for,” said {analyst}. “It makes an [easing|early cut] more likely and should keep the currency [under pressure|on the back foot].”",
      "Energy prices rose in the month, but that was more than offset by [lower food and housing costs|cheaper goods]. On a monthly basis prices were flat, the weakest reading [in half a year|since the spring].",
      "Markets now see a chance of {odds}% that {the_bank} loosens policy at its next review, compared with {odds_before}% before the figures. {yields} fell.",
    ],
  },
};
