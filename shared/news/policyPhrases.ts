/** Words of a central bank's stance. Hawkish = towards tighter money. Capital letters are part of a spelling. */
export const HAWKISH = `
  hawkish, more hawkish, more (work|to do) (to do|) on inflation, (rates|rate) (may|might|could|should|must|to|will|need to|have to|has to) (rise|go up|be raised|climb|go higher|increase) (again|further|),
  (rates|rate) (rise|rises|rose|raised|hiked), rates higher for longer, inflation (is|remains|still|too) (too high|sticky|elevated), restrictive (policy|rates|stance), off cycle tightening, surprise (hike|tightening), hawkish (hold|tone|surprise|tilt|stance|pause|cut), hawk, hawks, rate (hike|hikes|rise|rises|increase|increases),
  (hike|hikes|hiked|hiking|raise|raises|raised|raising|lift|lifts|lifted|increase|increases|increased) (ANY|ANY ANY|) (rate|rates|interest rates)
  hike, hikes, hiked, hiking, hike bets, (tighten|tightens|tightened|tightening) (ANY|) policy, policy tightening, monetary tightening,
  tightening, tightens, tighten, tightened, quantitative tightening, taper, tapering, higher for longer
  (steepen|steepens|steepened|steepening|increase|increases|increased|raise|raises|raised) (ANY|ANY ANY|ANY ANY ANY|) slope,
  steeper slope, slope steeper, steeper (appreciation|path),
  (re centre|recentre|re center|recenter|re centres|recentres|re centers|recenters|re centred|recentred|re centered|recentered) (ANY|ANY ANY|ANY ANY ANY|ANY ANY ANY ANY|) (upward|upwards|higher|up),
  higher band, shift band up, faster appreciation
  restrictive for longer, reduce balance sheet, balance sheet reduction, ends negative rates, end negative rates,
  exit (ultra loose|negative|easy) ANY, scraps yield curve control, ends yield curve control, vigilant on inflation, fight inflation,
  combat inflation, tame inflation`;

export const DOVISH = `
  dovish, more dovish, (rates|rate) (may|might|could|should|must|to|will|need to|have to|has to) (be cut|fall|come down|be lowered|go down|drop|decline) (again|further|soon|),
  easy policy, easy money, ultra easy policy, (rates|rate) (fall|falls|cut|lowered), less restrictive, off cycle easing, surprise (cut|easing), keeps stimulus, rates have peaked, end of (hiking cycle|hikes), peak rates, terminal rate reached, dovish (hold|tone|surprise|tilt|stance|hike), dove, doves, rate (cut|cuts|reduction|reductions),
  (cut|cuts|cutting|lower|lowers|lowered|lowering|reduce|reduces|reduced|slash|slashes|slashed|trim|trims) (ANY|ANY ANY|) (rate|rates|interest rates),
  cut bets, rate cut bets, fed cut, fed cuts, Fed (cut|cuts)
  (ease|eases|eased|easing|loosen|loosens|loosened|loosening) (ANY|) policy, policy easing, monetary easing, easing, loosening,
  quantitative easing, asset purchases, bond buying, stimulus,
  (cut|cuts|lowers|reduces) (ANY|ANY ANY|) (reserve requirement|reserve requirements|reserve ratio|RRR), rrr cut, RRR cut
  (flatten|flattens|flattened|flattening|reduce|reduces|reduced|lower|lowers|lowered|cut|cuts) (ANY|ANY ANY|ANY ANY ANY|) slope,
  flatter slope,
  (re centre|recentre|re center|recenter|re centres|recentres|re centers|recenters|re centred|recentred|re centered|recentered) (ANY|ANY ANY|ANY ANY ANY|ANY ANY ANY ANY|) (downward|downwards|lower|down),
  lower band, zero appreciation, zero percent appreciation, slower appreciation, eases, eased, loosens, ultra loose policy, accommodative,
  negative rates`;

export const HOLDING = `
  on hold, (cut|cuts|cutting|trim|trims|pare|pares) bets against,
  (hold|holds|held|holding|keep|keeps|kept|keeping|leave|leaves|left|leaving|maintain|maintains|maintained) (ANY|ANY ANY|) (rate|rates|interest rates|policy|settings|slope|stance|steady|unchanged),
  stand pat, stands pat, stood pat, rates unchanged, unchanged, wait and see, prevailing rate of appreciation, no change, rate decision,
  policy decision, policy meeting, policy review, minutes`;

/** What turns a stance round when it stands before: "no rate cut", "delays hike", "pushes back on cuts". */
export const TURNING = `
  no, not, never, without, (no|little|less) need (for|to), too early for, too soon for, signals end of, done with, unlikely, unlikely to, won't, will not, isn't, cannot, rule(|s|d) out, ruling out, delay(|s|ed|ing),
  postpone(|s|d), pause(|s|d), pausing, push(|es|ed|ing) back (on|against), pushback (on|against), against, resist(|s|ed), reject(|s|ed),
  halt(|s|ed), stop(|s|ped), end(|s|ed|ing), fewer, less, dial(|s|ed) back, pare(|s|d), pare(|s|d) back, trim(|s|med), scale(|s|d) back,
  unwind(|s), reduce(|s|d) bets on, doubts, doubt, skip(|s|ped), in no (rush|hurry) to, no (rush|hurry) to, not in a (rush|hurry) to,
  slower, too early to, too soon to, wary of, rather than, instead of, has room to delay`;

/** What turns it round when it stands behind: "rate cut bets fade". */
export const FADING = `fade, fades, faded, fading, ebb, ebbs, recede, recedes, receded, dwindle, dwindles, dim, dims, wane, wanes,
   (is|are) off the table,
     off the table, delayed, postponed, ruled out, unlikely, evaporate, evaporates, pared, pushed back, scaled back`;
