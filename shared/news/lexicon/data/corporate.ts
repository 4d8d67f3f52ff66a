import type { Entry } from "../effect.ts";
import { event, nouns, polar, verbs, words } from "../entries.ts";

/** What happens to companies. */
export const corporateEntries = (): readonly Entry[] => [
  // Business won and lost.
  ...verbs(
    `win/won/won, clinch, land (a|an|major|new|big|) (contract|order|deal), bag (a|an|) (contract|order|deal),
       secure (a|an|) (contract|order|deal|funding|financing|approval), score (a|an|) (contract|win|deal), nab, triumph, prevail`,
    polar(0.75),
  ),
  ...words(
    `(been|was|were|is) (awarded|selected|chosen|picked), awarded, wins, won, contract win, contract wins, winning bid,
       (receives|received|has received|gets|got) (an order|orders|a contract|approval|clearance|a license|a patent|an award|new orders|a major order|fda approval|the order),
       received a (large|significant|major) order, preferred (bidder|supplier|partner),
       (chooses|selects|picks|chose|selected|picked) (us|the company|the group|it) as, repeat order, major order, large order,
       significant order, record order, record orders,
       strengthens (its|our|their|the) (position|presence|market position|foothold|cooperation|partnership),
       strengthened (its|our|their|the) (position|presence|market position|foothold), ranked first, number one, first place,
       wins approval, won approval, approved by the fda, fda (approval|nod|approves|clears|clearance), green light, gets the nod,
       gets nod, positive trial, meets (its|primary|main|) (goal|endpoint|target),
       met (its|primary|main|the) (goal|endpoint|target|primary endpoint), trial success, successful trial, breakthrough designation,
       fast track status, priority review, patent win`,
    polar(0.7),
  ),
  ...words(
    `(new|first) (store|plant|factory) opening, launches new, expands (into|its|in), expanding (into|its),
       expand (into|its operations|cooperation), opens new (plant|factory|markets)`,
    polar(0.35),
  ),
  ...verbs(
    `lose/lost/lost (a|an|the|) (contract|order|deal|bid|customer|customers|subscribers|client|clients|market share|share|business|users|case|appeal|lawsuit|court battle|money|patience)`,
    polar(-0.9),
  ),
  ...words(
    `failed trial, fails trial, trial failure, trial fails,
       (fails|failed|misses|missed) (to meet|its|main|primary|the) (goal|endpoint|primary endpoint|main goal), misses endpoint,
       (halts|halted|halting|suspends|suspended|pauses|paused|stops|stopped|discontinues|discontinued|scraps|scrapped|abandons|abandoned|shelves|shelved|cancels|cancelled|canceled|pulls|pulled|drops|withdraws|withdrew|delays|delayed|postpones|postponed|walks away from|walked away from|calls off|called off) (a|an|the|its|their|all|some|late stage|) (trial|study|production|project|plan|plans|ipo|IPO|sale|deal|merger|takeover|bid|talks|launch|dividend|buyback|operations|orders|order|contract|investment|guidance|forecast|outlook|flights|exports|deliveries|shipments|trading|payments|offer|program|development|construction|online orders|takeover talks)`,
    polar(-0.75),
  ),
  ...words(
    `(rejects|rejected|blocks|blocked|denies|denied|refuses|refused|vetoes) (a|an|the|its|his|) (application|bid|merger|deal|takeover|appeal|offer|approval|license|request|sale|claim|plan),
       complete response letter, crl, clinical hold, fda rejects, fda warning, negative opinion, clinical setback, talks collapse,
       deal collapses, deal falls apart, deadlock, breakdown in talks`,
    polar(-0.75),
  ),

  // People and plants.
  ...verbs(
    `lay/laid/laid off, fire (staff|workers|employees|ceo|chief), sack, furlough, axe jobs, shut/shut/shut down, shutter, mothball,
       idle (plant|plants|capacity),
       close (its|a|the|down|) (factory|factories|plant|plants|store|stores|branches|mill|mills|shop|shops|doors), close down,
       shut/shut/shut (its|a|the|) (factory|plant|plants|stores|mill|mills), oust, downsize, retrench`,
    polar(-0.8),
  ),
  ...nouns(
    `layoff, lay off, job cut, job loss, redundancy, dismissal, personnel reduction, staff cut, workforce reduction, headcount reduction,
       plant closure, store closure, closure, shutdown, furlough, strike, walkout, work stoppage, labour dispute, labor dispute,
       industrial action, retrenchment`,
    event(-0.7),
  ),
  ...words(
    `(cut|cuts|cutting|axe|axes|axing|slash|slashes|slashing|shed|sheds|shedding|eliminate|eliminates|eliminating|trim|trims|reduce|reduces|reducing|lose) (about|around|up to|some|nearly|almost|over|more than|as many as|another|) (jobs|staff|workers|positions|posts|its workforce|workforce|employees|headcount|personnel|its staff),
       (negotiations|talks) with (personnel|employees), statutory negotiations, personnel negotiations, cooperation negotiations,
       temporary lay offs, rolling dismissals, chief executive quits, ceo quits, ceo resigns, cfo resigns, ceo steps down,
       abruptly (resigns|leaves|departs), steps down amid, resigns amid, ousted, executive exodus`,
    polar(-0.75),
  ),
  ...words("restructuring, reorganisation plan, streamlining measures, cost cutting", polar(-0.1)),
  ...words(
    `(hire|hires|hiring|recruit|recruits|add|adds|adding|create|creates|creating) (about|around|up to|some|nearly|over|more than|hundreds of|thousands of|) (new|) (jobs|workers|staff|positions|employees|people),
       hiring spree`,
    polar(0.6),
  ),

  // Law and conduct.
  ...verbs(
    `sue, indict, prosecute, convict, defraud, embezzle, accuse, allege, fine, penalise, penalize, sanction, ban, blacklist, probe, raid,
       subpoena, recall, breach, violate, bribe, plead/pleaded/pleaded guilty, blame, slam, warn, downplay, overstate, misstate, restate,
       mislead/misled/misled`,
    polar(-0.7),
  ),
  ...nouns(
    `lawsuit, suit against, class action, fraud, scandal, bribery, corruption, embezzlement, misconduct, wrongdoing, money laundering,
       insider trading charge, violation, breach, indictment, conviction, fine, penalty, recall, defect, investigation, probe,
       inquiry into, allegation, accusation, antitrust charge, antitrust case, cartel, whistleblower, short seller report, restatement,
       accounting irregularity, material weakness, going concern, delisting, hack, cyber attack, cyberattack, data breach,
       ransomware attack, outage, explosion, fire at, spill, oil spill, crash of, grounding, safety concern, contamination, legal battle,
       crackdown, criminal charge, charged with`,
    event(-0.7),
  ),
  ...words(
    `sued, fined, accused, hacked, halted, tax bill, back taxes, additional taxes, insider selling, insider sells,
       product recall, under investigation, faces charges, facing charges, antitrust, price fixing, mis selling, rate rigging, ponzi,
       ponzi scheme,
       (faces|facing|face|faced) (a|an|) (probe|lawsuit|fine|backlash|challenge|challenges|trial|penalty|headwinds|pressure|losses|criticism|charges|scrutiny|shortage|default|delisting|hurdles|strike|crisis|setback|trouble|investigation)`,
    polar(-0.7),
  ),
  ...words(
    `(settles|settled|settle) (lawsuit|case|dispute|suit|claims|probe|charges|litigation|with),
       (drops|dropped|dismisses|dismissed|throws out|threw out|tosses|tossed) (lawsuit|case|charges|suit|probe|claims|the case|the lawsuit|the suit|claim),
       cleared of, acquitted, wins (lawsuit|case|appeal|court|legal|patent), won (lawsuit|case|appeal|the case), exonerated,
       strike averted, (calls|called|call) off (a|the|) strike, strike ends, end strike, ends strike,
       (reaches|reached|reach) (a|an|) (deal|agreement|settlement|accord) with (union|unions|workers|creditors|lenders)`,
    polar(0.6),
  ),

  // Money.
  ...nouns(
    `bankruptcy, insolvency, liquidation, receivership, administration order, default, debt default, debt crisis, liquidity crisis,
       credit crunch, cash crunch, margin call, covenant breach, profit warning, missed payment, distress, bailout,
       rights issue at a discount`,
    event(-0.85),
  ),
  ...words(
    `chapter 11, chapter 7, goes bust, went bust, go bust, (enters|entered|into) administration,
       files for (bankruptcy|protection|insolvency|chapter 11), filed for (bankruptcy|protection|insolvency|chapter 11),
       (misses|missed) (a|an|its|) (coupon|interest|payment|debt|loan) (payment|payments|), defaulted, defaults on, wound up,
       winding up petition, goes under, collapsed, (warns|warned|warning) (of|on|about|over|that), warns, warned,
       (issues|issued) profit warning, profit warnings, junk status, cut to junk, fallen angel, junk, dilution, secondary offering,
       share sale at discount, convertible offering, public offering of common stock, prices offering, prices secondary,
       suspends dividend, dividend cut, dividend suspended, guidance cut, withdraws guidance,
       (cuts|cut|slashes|slashed|lowers|lowered|trims|trimmed|reduces|reduced|withdraws|withdrew|suspends|suspended|pulls|pulled) (its|full year|fy|annual|the|) dividend,
       not pay a dividend, no dividend`,
    polar(-0.85),
  ),
  ...words(
    `buyback, buybacks, share buyback, share repurchase, stock buyback, buy back shares, repurchase program, special dividend,
       bonus issue, dividend hike, dividend increase,
       (raises|raised|boosts|boosted|hikes|hiked|lifts|lifted|increases|increased) (its|quarterly|annual|the|full year|) dividend,
       reinstates dividend, resumes dividend, debt free, pays down debt, paid down debt, stock split, insider buying, insider buys,
       ceo buys, takeover (bid|offer|interest|target), bid premium,
       (receives|received|agrees to|accepts) (a|an|) (takeover|buyout|bid|offer) , buyout offer, takes stake in, activist investor,
       (raises|raised|lifts|lifted|hikes|hiked|boosts|boosted|ups|upped) (its|full year|fy|annual|the|profit|sales|revenue|earnings|) (guidance|outlook|forecast|forecasts|target|targets|view),
       guides (above|higher), guidance above, (priced|prices) above (range|its range), strong debut, IPO pop, soars on debut,
       cost savings, annual savings, cost saving, saves costs, savings of, synergies, synergy`,
    polar(0.65),
  ),
  ...words(
    `guides (below|lower|down), guided (below|lower|down), guidance below, priced below range, weak debut,
       (revised|revise|revises|revising) (its|the|) (full year|) (guidance|outlook|forecast|estimates|) (downward|downwards|lower|down),
       revised (down|lower|downward|downwards), revision downwards, remain below, remains below, will be below, to be below,
       (be|remain|stay|stays) (clearly|significantly|well|) (below|weaker|lower), price war, pricing pressure, margin pressure,
       cancels order, order cancellation, cancellation, cancellations, lost contract, terminated, termination of, overruns, cost overruns,
       underutilised, idle capacity`,
    polar(-0.75),
  ),
  ...words(
    `revised (up|higher|upward|upwards), revised (its|the|) (guidance|outlook|forecast|estimates) (upward|upwards|higher|up),
       (be|remain|stay|stays) (clearly|significantly|well|) (above|better|higher), cost effective, new record, exceeds target,
       capacity expansion, opens up, ramp up production, creates value, strengthen cooperation, strong start, faster delivery,
       cut in half`,
    polar(0.6),
  ),
];
