import type { Entry } from "../effect.ts";
import { neutral, polar, verbs, words } from "../entries.ts";

/** Analysts' ratings and targets. */
export const ratingsEntries = (): readonly Entry[] => [
  ...verbs("upgrade, double upgrade", polar(1)),
  ...verbs("downgrade, double downgrade", polar(-1)),
  ...words(
    `(raised|upgraded|lifted|boosted|moves|raises|ups|upped) to (buy|overweight|outperform|strong buy|hold|neutral|equal weight|market perform),
       buy rating, overweight rating, outperform rating, strong buy, rated buy, rates it buy, top pick, conviction buy, conviction list,
       conviction buy list, buy the dip, buying opportunity, buying the dip,
       (initiates|initiated|starts|started|assumes|resumes|resumed|reiterates|reiterated|maintains|keeps|reinstates|begins) (coverage|) (of|on|at|with|) (a|an|) (buy|overweight|outperform),
       (with|at) (a|an|) (overweight|outperform), at buy, with buy, (to|at) overweight, (to|at) outperform,
       to buy from (hold|neutral|sell), sees (upside|more upside), more upside, further upside, room to run, bullish on,
       turns (bullish|positive|constructive), gets bullish, is a buy, still a buy, PT (raised|upped|lifted),
       (PT|pt|price target) (raised|upped|lifted|boosted|increased|hiked|higher),
       (raises|raised|lifts|lifted|ups|upped|hikes|hiked|boosts|boosted|increases|increased) (its|the|his|) (price target|target price|PT|pt|target)`,
    polar(0.9),
  ),
  ...words(
    `(cut|lowered|downgraded|slashed|moves|reduced|lowers|cuts|dropped) to (sell|underweight|underperform|strong sell|hold|neutral|equal weight|equal-weight|market perform|sector perform|reduce|junk),
       sell rating, underweight rating, underperform rating, strong sell, rated sell, conviction sell,
       (initiates|initiated|starts|started|assumes|resumes|reiterates|reiterated|maintains|keeps|begins) (coverage|) (of|on|at|with|) (a|an|) (sell|underweight|underperform|reduce),
       (to|at) (underweight|underperform), at sell, to sell from (hold|neutral|buy), from (buy|overweight|outperform),
       turns (bearish|negative|cautious), bearish on, limited upside, upside limited, upside capped, further downside, more downside,
       downside ahead, is a sell, no longer a buy, (PT|pt|price target) (cut|lowered|slashed|trimmed|reduced|lower),
       (cuts|cut|lowers|lowered|slashes|slashed|trims|trimmed|reduces|reduced) (its|the|his|) (price target|target price|PT|pt|target)`,
    polar(-0.9),
  ),
  ...words("raised to (sell|underweight|underperform)", polar(0.4)),
  ...words(
    `(initiates|initiated|starts|started|assumes|resumes|reiterates|reiterated|maintains|keeps|begins) (coverage|) (of|on|at|with|) (a|an|) (hold|neutral|equal weight|market perform|in line|sector perform),
       at neutral, (reiterates|maintains) (hold|neutral), initiates coverage, initiation of coverage, analyst day, price target of,
       price targets`,
    neutral(0.6),
  ),
  ...words("overweight, outperform, outperforms, (deserves|worth) (a|) premium", polar(0.7)),
  ...words("underweight, underperform, underperforms", polar(-0.7)),
];
