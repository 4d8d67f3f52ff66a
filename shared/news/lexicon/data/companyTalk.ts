import type { Entry } from "../effect.ts";
import { averter, down, event, metric, neutral, nouns, polar, up, verbs, words } from "../entries.ts";

/** What companies, courts and newsrooms report, beside figures. */
export const companyTalkEntries = (): readonly Entry[] => [
  ...verbs(
    `buy/bought/bought back (shares|stock|FIGURE|EUR FIGURE|GBP FIGURE|USD FIGURE|ANY FIGURE|up to FIGURE), return (FIGURE|ANY FIGURE|cash|money|capital|ANY FIGURE ANY) to (shareholders|investors),
       (reach|meet|achieve|attain|hit/hit/hit) (its|the|our|their|all|) (ANY|ANY ANY|) (target|targets|goal|goals|objectives), hold/held/held up (well|better),
       rush back (into|to), flock back to, pile back into, exceed (all|our|its|every|the|) (expectations|forecasts|earlier|previous)`,
    polar(0.65),
  ),
  ...words(
    `lifeline, reprieve, order books are full, order book is full, (has|have) ordered, (recommend|recommends|recommended|advise|advises|advised) buying,
       nothing can stop, (lifted|rises|climbs|raised|lifts|back) out of (junk|recession|the red|administration), ahead of schedule, faster than planned, years early, shorts (trapped|squeezed|scrambling|burned|covering), vote of confidence, (allowed|cleared|permitted) to (resume|sell|restart|reopen|export|operate), (approves|approved|approve|clears|backs) (ANY|ANY ANY|FIGURE|FIGURE ANY|) (loan|bailout|funding|aid|package|merger|takeover|drug|treatment|vaccine|pill),
       (largest|biggest) (ANY|) (order|contract|deal|in the company's history|in its history|in the history), (largest|biggest) in (the|its|our) (company|group|history|ANY history),
       (recall|recalls|rehire|rehires) (ANY|FIGURE) (laid off|workers|employees), the worst is (over|behind), worst (may|could|is) (be|) over, turn for the better,
       (generates|generate|booked|books|records|recognised|recognises|yields) (a|) (capital|sales|tax) gain, (above|over|premium to) the (closing|market|share|current) price, premium of FIGURE,
       (dismissed|rejected|dismisses|rejects|annulled|annuls) (the|all|) (claim|claims|charges|suit|complaint|action|fine|penalty) (against|of|on|) , (annuls|annulled|overturns|overturned|quashes|quashed|cancels) (ANY|ANY ANY|) (fine|penalty|ruling|verdict|ban),
       (strike|walkout|stoppage|action) (was|is|has been|were|) (called off|averted|over|cancelled|suspended|avoided), is secured, was secured, financing secured,
       (increased|grown|improved|risen) every year, year after year, released working capital, (has|have|had) (gained|received|won|obtained|secured) (an|a|the|its first|another|new) (order|orders|contract)`,
    polar(0.65),
  ),
  ...words(
    `(lose|loses|lost|losing) (more|further|many|) (customers|clients|subscribers|users|viewers|market share|money), strips, stripped, awful, terrible, horrible, getting out,
       (cannot|can't|could not|unable to) (pay|repay|meet its obligations), order books are (nearly|almost|) empty, (take|takes|took|taking) (a|an|) (FIGURE|FIGURE ANY|ANY|ANY ANY) (hit|charge|writedown|impairment), routed,
       slower than planned, behind schedule, immediate repayment, (profit|sales|trading|earnings|revenue) (alert|warning), (could|would|will|may|to) cost (it|them|him|ANY) ($FIGURE|FIGURE), costing (it|them|ANY) FIGURE, costing FIGURE,
       (slap|slaps|slapped|impose|imposes|imposed|puts|announces|announced|raises|raised|vows|threatens) (a|new|more|) (FIGURE|ANY|ANY ANY|FIGURE ANY) (tariff|tariffs|duty|duties|levies),
       ordered to (liquidate|pay|close|halt|stop|hand over|refund|repay|shut), at a standstill, to a standstill, over budget, no recovery,
       (jobs|positions|posts) (will|to|would) (disappear|go|be lost|be cut|be axed), FIGURE (jobs|positions|posts) (will|to|would) (disappear|go|be lost|be cut|be axed), bows out, on the brink of, given notice, give notice to, shorts winning,
       (fails|failed|fail) to (convince|agree|reach|win|secure|meet|deliver), (falls|fell|fall|came|comes) short of (the|its|our|) (goal|target|expectations|targets), nears default, near collapse,
       (suspends|suspended|withdraws|withdrew|scraps|scrapped|drops|dropped) (its|full year|) (guidance|outlook|forecast), (applied|applies) for (corporate|debt|) (restructuring|protection),
       refused (further|more|) (credit|funding|financing), ends in failure, bad news for, cannot be passed on, not be passed on, has (made|posted) losses, made losses`,
    polar(-0.75),
  ),
  ...verbs("brighten, perk up", polar(0.7)),
  ...verbs("darken", polar(-0.7)),
  ...words("(fall|falls|falling|fell) due", neutral(0)),
  ...words(
    "in (early|late|morning|afternoon|asian|european|new york|london|thin|quiet|holiday|extended|premarket|after hours|midday|) (trade|trading|dealings)",
    neutral(0),
  ),
  ...words("lifts off, lifted off", averter(0.5)),
  ...verbs("annul*, annul, overturn, quash, void, strike/struck/struck down, sidestep, duck", averter(0.2)),
  ...verbs("support, underpin, aid, help, favour, favor, benefit, lift", up(0.7, "object")),
  ...nouns("virus case, covid case, coronavirus case", metric(-1, -0.3)),
  ...words(
    "(less|lower|fewer|smaller|weaker) than (a year|last year|the year|in the|the previous|the corresponding|in the corresponding|the comparison), (below|under) (the|last|a) (year earlier|previous|comparable|corresponding|comparison|year|year's|year ago) ",
    down(1, "back"),
  ),
  ...words(
    "(more|higher|larger|better) than (a year|last year|the year|in the|the previous|the corresponding|in the corresponding|the comparison), above (the|last|a) (year earlier|previous|comparable|corresponding|comparison|year|year's|year ago)",
    up(1, "back"),
  ),
  ...words("off FIGURE", down(0.9, "figure")),
  ...words("(own|owns|owned|hold|holds|controls) (about|some|almost|over|more than|) FIGURE", metric(0)),
  ...nouns("delay, holdup", event(-0.5)),
  ...words("return on (invested|employed) capital, return on capital employed, return on (investments|net assets|sales)", metric(1)),
  ...words(
    `(new|long term|multi year|framework|frame|annual|supply|service|maintenance|cooperation|delivery|licence|license) (contract|contracts|agreement|agreements|deal|deals), strategic partnership, long term partnership, strategic cooperation,
       value of the (order|contract|deal|agreement|transaction), (contract|order|agreement|deal) (value|price|includes|covers|period|comprises|also includes|is valid|consists)`,
    neutral(0),
  ),
  ...words(
    `(sign|signs|signed|signing|concluded|entered into|agreed on) (a|an|the|) (ANY|ANY ANY|ANY ANY ANY|) (contract|agreement|deal|letter of intent|memorandum|frame agreement)`,
    neutral(0.1),
  ),
  ...words(
    `innovative, efficient, cost effective, award winning, fast growing, fastest growing, market leader, market leading, leading position, vibrant, high quality, attractive, competitive, advantageous, versatile`,
    polar(0.35),
  ),
  ...words(
    "(to|can|could|helps|help|enables|lets|allows|allowing|enabling|helping) (ANY|ANY ANY|) (customers|users|companies|clients|operators|consumers|businesses) to (ANY|) (improve|increase|reduce|optimise|optimize|enhance|manage)",
    neutral(0.3),
  ),
];
