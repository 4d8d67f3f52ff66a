import type { TwoSided } from "../wording.ts";

/** Decisions of a central bank that steers by an interest rate. */
export const RATE_POLICY: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{bank} [raises|lifts|hikes] rates by {step_bp} basis points, signals [more to come|further tightening]",
          "{bank} [surprises|stuns] markets with [rate hike|rate rise] as inflation persists",
          "{bank} [raises rates to {rate}%|lifts key rate to {rate}%], {currency} [climbs|jumps|rallies]",
          "{bank} [tightens|tightens policy] again, saying the inflation fight is not over",
        ],
        leads: [
          "{bank_long} raised its [key|benchmark|policy] rate by {step_bp} basis points to {rate}% on {day} and [signalled|indicated] that [further increases|more tightening] [are likely|could follow] as price pressures remain [stubborn|elevated].",
          "{bank_long} [lifted|increased] borrowing costs to {rate}% on {day}, a move that [most|few] economists had expected, and said policy would have to stay restrictive for longer.",
          "{the_bank} left no doubt on {day} that rates are going up rather than down, raising its main rate to {rate}% and [revising up|lifting] its inflation forecasts.",
        ],
      },
      {
        titles: [
          "{bank} holds rates but [warns|cautions] that [further hikes|another increase] may be needed",
          "{bank} [delivers|announces] [hawkish hold|hawkish pause], dashing hopes of [early cuts|near-term easing]",
          "{currency} [gains|advances|firms] as {bank} [drops easing bias|rules out rate cuts|turns hawkish]",
          "{bank} [says too early to discuss cuts|pushes back against rate cut bets], keeps policy [tight|restrictive]",
        ],
        leads: [
          "{the_bank} kept its policy rate at {rate_before}% on {day} but struck a [hawkish|tougher] tone, saying it was prepared to [raise rates again|tighten further] if inflation does not [ease|slow].",
          "{bank_long} dropped its reference to future rate cuts on {day}, [surprising|wrong-footing] investors who had [bet|wagered] on easing and [lifting|boosting] {the_currency}.",
        ],
      },
    ],
    details: [
      "Policymakers voted [7-2|6-3|8-1|unanimously] for the decision. The statement no longer said that the risks to inflation were balanced, and it removed a sentence that had pointed to [easing|lower rates] later in the year.",
      "“We will do what is necessary to bring inflation back to target,” the governor told reporters. “It would be premature to talk about lowering rates.”",
      "Futures now put the chance of another [increase|hike] at the next meeting at {odds}%, up from {odds_before}% before the announcement. {yields} [rose|jumped] by [eight|nine|11|14] basis points.",
      "The bank raised its inflation projection for next year to {value}% from {value_expected}% and said that wage growth was running too high to be consistent with its target.",
      "While growth has slowed, officials said that the economy was not weak enough to justify [a pause|lower borrowing costs], and that the larger risk lay in [stopping too soon|doing too little].",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{bank} [cuts|lowers|trims] rates by {step_bp} basis points, [signals more easing|leaves door open to more]",
          "{bank} [surprises|stuns] markets with [rate cut|early cut] as [growth fades|economy weakens]",
          "{bank} [cuts key rate to {rate}%|lowers rates to {rate}%], {currency} [slides|drops|tumbles]",
          "{bank} [eases policy|loosens policy] again, says more [steps|support] may be needed",
        ],
        leads: [
          "{bank_long} cut its [key|benchmark|policy] rate by {step_bp} basis points to {rate}% on {day} and [signalled|indicated] that [further reductions|more easing] [are likely|could follow] as the economy [loses steam|weakens].",
          "{bank_long} [lowered|reduced] borrowing costs to {rate}% on {day}, [earlier than|a step that few] economists had expected, and said inflation was no longer the main concern.",
          "{the_bank} left little doubt on {day} that rates will go down, not up, cutting its main rate to {rate}% and [lowering|slashing] its growth forecasts.",
        ],
      },
      {
        titles: [
          "{bank} holds rates but [opens door to|signals] [cuts|easing] [as early as next meeting|within months]",
          "{bank} [delivers dovish hold|strikes dovish tone], [says rate hikes are over|citing weaker growth]",
          "{currency} [falls|weakens|slips] as {bank} [abandons tightening bias|drops plan to raise rates|turns dovish]",
          "{bank} [sees no need for|rules out] further rate [increases|hikes] as inflation [cools|eases]",
        ],
        leads: [
          "{the_bank} kept its policy rate at {rate_before}% on {day} but struck a [dovish|softer] tone, saying it could [cut rates|ease policy] soon if growth does not recover.",
          "{bank_long} dropped its warning of further rate increases on {day}, [surprising|wrong-footing] investors who had expected it to stay hawkish and [weighing on|hurting] {the_currency}.",
        ],
      },
    ],
    details: [
      "Policymakers voted [7-2|6-3|8-1|unanimously] for the decision. The statement no longer described inflation as elevated, and it said that the risks to growth had shifted to the downside.",
      "“The case for less restrictive policy has become stronger,” the governor told reporters. “We are not in a hurry to raise rates again.”",
      "Futures now put the chance of another [cut|reduction] at the next meeting at {odds}%, up from {odds_before}% before the announcement. {yields} [fell|dropped] by [eight|nine|11|14] basis points.",
      "The bank lowered its inflation projection for next year to {value}% from {value_expected}% and said that slack in the labour market would keep wages in check.",
      "Although prices are still rising faster than the bank would like, officials said that keeping rates high for too long would [do needless damage|risk a recession].",
    ],
  },
};
