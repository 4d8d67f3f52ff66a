import type { TwoSided } from "../wording.ts";

/** What officials say between meetings: speeches, interviews, minutes. */
export const POLICY_TALK: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "{bank} [governor|chief|official] says policy [must stay tight|may need to tighten further], {currency} [firms|edges up]",
          "{bank} policymaker [sees no case for|pushes back on talk of] [early easing|looser policy]",
          "{bank} [not done|not finished] [tightening|fighting inflation], [senior official|board member] says",
          "[Hawkish|Tougher] {bank} comments lift {currency} as [traders pare bets|easing bets fade]",
          "{bank} official [warns|cautions] against [declaring victory over|complacency about] inflation",
          "{currency} [strengthens|rises] after {bank} deputy [backs|calls for] tighter policy",
        ],
        leads: [
          "{bank_long} may have to tighten policy further to [bring inflation under control|contain price pressures], a senior official said on {day}, [dampening|denting] hopes of looser policy this year.",
          "The head of {bank_long} said on {day} that it was too soon to [ease|relax policy], even though growth has moderated, helping {the_currency} to [extend gains|rise].",
          "A member of the policy board at {bank_long} said on {day} that markets were wrong to [price in|expect] easing and that inflation was not yet beaten.",
        ],
      },
      {
        titles: [
          "{bank} [minutes|records] show [officials worried about|growing concern over] persistent inflation",
          "[Hawkish|Tougher] {bank} comments lift {currency} as [traders pare bets|easing bets fade]",
        ],
        leads: [
          "Minutes of the latest policy meeting at {bank_long} showed that [several|a majority of] members were worried about persistent inflation and that none argued for easing.",
        ],
      },
    ],
    details: [
      "“I do not see any reason to loosen our stance at this point,” the official said in a speech in {speech_city}. “If anything, the risks point the other way.”",
      "Traders [cut|scaled back] bets on easing after the remarks, with markets now implying a probability of {odds}% that policy is tightened by the end of the quarter. {yields} [edged up|rose].",
      "The comments were more hawkish than those made [last month|two weeks ago], when the same official had spoken of a balanced outlook.",
      "Minutes published earlier noted that wage settlements were running above the rate consistent with price stability, and that a stronger currency would be welcome in containing import prices.",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "{bank} [governor|chief|official] says policy [can be eased|may be loosened soon], {currency} [softens|edges down]",
          "{bank} policymaker [sees no case for|plays down talk of] further tightening",
          "{bank} [done|finished] [tightening|with hikes], [senior official|board member] [says|suggests]",
          "[Dovish|Softer] {bank} comments [hurt|drag down] {currency} as [traders reposition|easing bets grow]",
          "{bank} official [warns|cautions] that policy is [too tight|hurting growth]",
          "{currency} [weakens|falls] after {bank} deputy [backs|calls for] looser policy",
        ],
        leads: [
          "{bank_long} could loosen policy in the coming months as inflation [recedes|slows], a senior official said on {day}, in remarks that [weighed on|undermined] {the_currency}.",
          "The head of {bank_long} said on {day} that there was no need to tighten further, even though inflation is still above target, sending {the_currency} [lower|down].",
          "A member of the policy board at {bank_long} said on {day} that policy was more restrictive than the economy could bear and that support was needed [soon|without delay].",
        ],
      },
      {
        titles: [
          "{bank} [minutes|records] show [officials leaning towards|growing support for] [easing|looser policy]",
          "[Dovish|Softer] {bank} comments [hurt|drag down] {currency} as [traders reposition|easing bets grow]",
        ],
        leads: [
          "Minutes of the latest policy meeting at {bank_long} showed that [several|a majority of] members saw a case for easing and that none argued for a tighter stance.",
        ],
      },
    ],
    details: [
      "“I do not see any reason to tighten our stance further,” the official said in a speech in {speech_city}. “The danger now is that we hold on for too long.”",
      "Traders [added to|raised] bets on easing after the remarks, with markets now implying a probability of {odds}% that policy is loosened by the end of the quarter. {yields} [slipped|fell].",
      "The comments were more dovish than those made [last month|two weeks ago], when the same official had still warned about inflation.",
      "Minutes published earlier noted that demand was weakening and that wage growth had slowed, and some members were not concerned about a softer currency.",
    ],
  },
};
