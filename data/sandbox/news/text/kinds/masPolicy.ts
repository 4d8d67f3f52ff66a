import type { TwoSided } from "../wording.ts";

/** The Monetary Authority of Singapore steers by the slope, the centre and the width of a band of the trade-weighted Singapore dollar. */
export const MAS_POLICY: TwoSided = {
  up: {
    stories: [
      {
        titles: [
          "MAS [steepens|increases slope of|raises slope of] Singapore dollar policy band",
          "Singapore [tightens|unexpectedly tightens] monetary policy, [steepens slope of|re-centres] currency band",
          "Singapore dollar [jumps|climbs|strengthens] after MAS tightens policy in off-cycle move",
          "MAS [allows|seeks] faster appreciation of Singapore dollar as [core inflation|imported inflation] picks up",
        ],
        leads: [
          "The Monetary Authority of Singapore [tightened|unexpectedly tightened] monetary policy on {day}, slightly increasing the slope of the Singapore dollar’s policy band to [dampen|curb] imported inflation.",
          "MAS said on {day} it will raise the rate of appreciation of the Singapore dollar nominal effective exchange rate (S$NEER) policy band, with no change to its width [or the level at which it is centred|and centre].",
        ],
      },
      {
        titles: [
          "MAS [re-centres S$NEER band higher|lifts centre of S$NEER policy band] to fight inflation",
          "Singapore dollar [jumps|climbs|strengthens] after MAS tightens policy in off-cycle move",
          "Singapore re-centres currency band higher, [clearing way for stronger Singapore dollar|Singapore dollar rallies]",
        ],
        leads: [
          "Singapore’s central bank re-centred its exchange-rate band upward on {day}, a tightening step that allows {the_currency} to strengthen further.",
        ],
      },
      {
        titles: [
          "MAS [keeps appreciation path|maintains slope of band], [warns inflation risks are rising|sees no room to ease]",
          "Singapore’s central bank [stays hawkish|surprises with hawkish tone], analysts see [steeper slope|tightening] in next review",
          "MAS holds policy steady but flags [upside risks to inflation|possible tightening] at next review",
        ],
        leads: [
          "MAS left the slope of its policy band unchanged on {day} but [warned|cautioned] that core inflation would stay [higher for longer|above its historical average], leading economists to expect a steeper slope [in the next review|within months].",
        ],
      },
    ],
    details: [
      "“A firm exchange rate will dampen inflation pressures coming from abroad and ensure medium-term price stability,” MAS said in its statement. It did not change the width of the band.",
      "Core inflation is now forecast to average {value}% this year, up from the {value_expected}% projected earlier. MAS said that businesses were passing higher costs on to consumers.",
      "The S$NEER [rose towards|moved close to] the top of its band after the statement, according to estimates by {house}. {the_currency} was last up {move}% {against}.",
      "MAS manages policy through the exchange rate rather than interest rates, letting the local currency rise or fall against those of its main trading partners within an undisclosed band. A steeper slope means faster appreciation.",
      "Growth has held up better than feared and the output gap remains positive, which gave policymakers room to act. They did not repeat an earlier remark that risks to inflation were [balanced|tilted to the downside].",
    ],
  },
  down: {
    stories: [
      {
        titles: [
          "MAS [reduces|flattens|lowers] slope of Singapore dollar policy band",
          "Singapore [eases|unexpectedly eases] monetary policy, [reduces|flattens] slope of currency band",
          "MAS [sets rate of appreciation at zero|ends appreciation path] of S$NEER band as growth slows",
          "Singapore dollar [drops|slips|weakens] after MAS eases policy on growth [worries|fears]",
          "Singapore’s central bank [allows|prepares for] weaker currency as core inflation [cools|fades]",
        ],
        leads: [
          "The Monetary Authority of Singapore [eased|unexpectedly eased] monetary policy on {day}, slightly reducing the slope of the Singapore dollar’s policy band as [growth slows|the trade outlook weakens] and inflation [cools|fades].",
          "MAS said on {day} it will lower the rate of appreciation of the Singapore dollar nominal effective exchange rate (S$NEER) policy band, with no change to its width [or the level at which it is centred|and centre].",
          "Singapore’s central bank flattened its exchange-rate band on {day}, saying there was no longer a need for {the_currency} to appreciate.",
        ],
      },
      {
        titles: [
          "MAS [re-centres S$NEER band lower|lowers centre of policy band] as trade outlook darkens",
          "Singapore re-centres currency band lower, [clearing way for weaker Singapore dollar|Singapore dollar sinks]",
        ],
        leads: [
          "Singapore’s central bank re-centred its exchange-rate band downward on {day}, an easing step that lets {the_currency} weaken as the trade outlook darkens.",
        ],
      },
      {
        titles: [
          "MAS [opens door to easing|strikes dovish tone], analysts see [flatter slope|looser policy] in next review",
          "Singapore’s central bank [allows|prepares for] weaker currency as core inflation [cools|fades]",
        ],
        leads: [
          "MAS left its policy band unchanged on {day} but [lowered|cut] its core inflation forecast and said that growth risks had increased, leading economists to expect a [flatter slope|further easing] [in the next review|within months].",
        ],
      },
    ],
    details: [
      "“A looser stance is appropriate given the weaker outlook for growth and the faster-than-expected decline in core inflation,” MAS said in its statement. It did not change the width of the band.",
      "Core inflation is now forecast to average {value}% this year, down from the {value_expected}% projected earlier. MAS said that firms had little power to raise prices.",
      "The S$NEER [fell towards|moved close to] the middle of its band after the statement, according to estimates by {house}. {the_currency} was last down {move}% {against}.",
      "MAS manages policy through the exchange rate rather than interest rates, letting the local currency rise or fall against those of its main trading partners within an undisclosed band. A flatter slope means slower appreciation.",
      "Manufacturers have reported weaker orders and the output gap is expected to turn negative. The bank no longer sees a risk that prices accelerate.",
    ],
  },
};
