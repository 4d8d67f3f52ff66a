import type { TwoSided } from "../wording.ts";

export const JOBS: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{adjective} [hiring|jobs growth] [beats|tops|smashes] forecasts as unemployment [falls|drops] to {jobless}%",
          "{adjective} unemployment [unexpectedly falls|drops] to {jobless}%, {currency} [gains|rises|jumps]",
          "[Tight|Robust|Strong] {adjective} labour market [lifts|supports] {currency}, [cools bets on easing|dents hopes of looser policy]",
        ],
        leads: [
          "Unemployment in {country} fell to {jobless}% in {last_month} from {jobless_before}%, data from {jobs_office} showed on {day}, [defying|confounding] predictions of an increase and [lifting|supporting] {the_currency}.",
        ],
      },
      {
        titles: [
          "{adjective} employers add {jobs} jobs, [far more than|well above] expected",
          "[Tight|Robust|Strong] {adjective} labour market [lifts|supports] {currency}, [cools bets on easing|dents hopes of looser policy]",
        ],
        leads: [
          "Employers in {country} added {jobs} jobs in {last_month}, [more than|well above] the {jobs_expected} that economists had forecast, in a sign that the labour market remains [tight|resilient].",
        ],
      },
      {
        titles: [
          "{adjective} wage growth [accelerates|picks up], [keeping {bank} on alert|adding to case for tightening]",
          "[Tight|Robust|Strong] {adjective} labour market [lifts|supports] {currency}, [cools bets on easing|dents hopes of looser policy]",
        ],
        leads: [
          "The {adjective} labour market [showed no sign of cooling|strengthened] in {last_month}, with hiring above forecasts and pay rising [{value}%|at the fastest rate in a year].",
        ],
      },
    ],
    details: [
      "Wages grew {value}% from a year earlier, up from {value_before}%. Job gains were broad, led by [health care and construction|financial services and hospitality], {jobs_office} said.",
      "“Companies are still struggling to find workers,” said {analyst}. “There is nothing here that argues for lower rates, and the currency should benefit.”",
      "The figures for the previous month were revised higher as well. The number of vacancies rose while layoffs stayed near a record low.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{adjective} [hiring|jobs growth] [misses forecasts|stalls] as unemployment [rises|climbs] to {jobless}%",
          "{adjective} unemployment [unexpectedly rises|climbs] to {jobless}%, {currency} [falls|slides|drops]",
          "[Weak|Cooling|Faltering] {adjective} labour market [hurts|weighs on] {currency}, [fuels bets on easing|raises hopes of looser policy]",
        ],
        leads: [
          "Unemployment in {country} rose to {jobless}% in {last_month} from {jobless_before}%, data from {jobs_office} showed on {day}, [defying|confounding] predictions of a decline and [hurting|weighing on] {the_currency}.",
        ],
      },
      {
        titles: [
          "{adjective} employers add just {jobs} jobs, [far fewer than|well below] expected",
          "[Weak|Cooling|Faltering] {adjective} labour market [hurts|weighs on] {currency}, [fuels bets on easing|raises hopes of looser policy]",
        ],
        leads: [
          "Employers in {country} added only {jobs} jobs in {last_month}, [fewer than|well below] the {jobs_expected} that economists had forecast, in a sign that the labour market is [cooling|losing strength].",
        ],
      },
      {
        titles: [
          "{adjective} wage growth [slows|cools], [easing pressure on {bank}|adding to case for easing]",
          "[Weak|Cooling|Faltering] {adjective} labour market [hurts|weighs on] {currency}, [fuels bets on easing|raises hopes of looser policy]",
        ],
        leads: [
          "The {adjective} labour market [weakened|deteriorated] in {last_month}, with hiring below forecasts and pay growth slowing to {value}%.",
        ],
      },
    ],
    details: [
      "Wages grew {value}% from a year earlier, down from {value_before}%. Job losses were broad, led by [retail and construction|manufacturing and hospitality], {jobs_office} said.",
      "“Companies have stopped hiring and some have begun to cut staff,” said {analyst}. “That argues for lower rates, and the currency is likely to suffer.”",
      "The figures for the previous month were revised lower as well. The number of vacancies fell while layoffs rose to the highest level in [two|three] years.",
    ],
  },
};
