import type { Entry } from "../effect.ts";
import { averter, COMPARED, clause, negator, neutral, verbs, words } from "../entries.ts";

/** Negation, clauses and comparisons. */
export const grammarEntries = (): readonly Entry[] => [
  ...words(
    `not, no, never, none, neither, nor, without, cannot, can't, won't, isn't, aren't, wasn't, weren't, doesn't, don't, didn't, hasn't,
       haven't, hadn't, wouldn't, couldn't, shouldn't, ain't
     hardly, barely, scarcely, rarely, unlikely to, unlikely, no longer, nothing, lack of, lacks, lacking, absence of, not yet, yet to,
     far from, little (sign|signs|chance|hope|prospect) of
     no (sign|signs|evidence|hint|prospect|chance|hope) of, instead of, rather than, too early to, less likely to, loses`,
    negator(0),
  ),
  ...verbs("fail to, refuse to, struggle to, reject", negator(-0.6)),
  ...verbs("cease to, stop, deny, rule out, dispel*, dismiss, allay, quell, quash", negator(0)),
  ...words("unable to, inability to, incapable of", negator(-0.6)),
  ...words(
    `not only, no doubt, not just, no wonder, not least, no matter, nothing but, no 1, no one, no plans, no change, no changes, no effect,
       no impact, not affect, not affected, no material, no significant effect
     not necessarily, not yet decided, no decision`,
    neutral(0.3),
  ),
  ...verbs(
    `avoid, avert, prevent, escape, dodge, stave off, fend off, ward off, sidestep, avoid a, eliminate, resolve, solve,
       withstand/withstood/withstood, survive, fight/fought/fought off, combat, defuse, halt the
     contain (the|), shield from, insulate from, protect from, protect against, offset, outweigh, cushion, compensate for,
     make/made/made up for, mitigate`,
    averter(0),
  ),
  ...verbs(
    `recover from, rebound from, bounce back from, emerge from, climb out of, shrug off, brush off, look past, defy,
       overcome/overcame/overcome, reverse, recoup, claw back, put/put/put behind, shake/shook/shaken off`,
    averter(0.5),
  ),
  ...words(
    `(not|no longer|never) have to, not required to, spared, exempt from, exempted from, free of, free from, less likely to`,
    averter(0.2),
  ),
  ...words("but, however, yet, nevertheless, nonetheless, whereas", clause("contrast")),
  ...words(
    "despite, in spite of, although, though, even though, even as, even if, notwithstanding, regardless of, in the face of, offset by",
    clause("concession"),
  ),
  ...words(
    `while, as, after, amid, amidst, following, because, because of, due to, thanks to, owing to, on the back of, on, since, when,
       ahead of, before, with, in the wake of`,
    clause("cause"),
  ),
  ...words("(helped|boosted|lifted|buoyed|bolstered|propelled|fuelled|fueled|cheered|underpinned|aided) by", clause("cause", 0.6)),
  ...words("(pulled|pushed|driven|sent) (higher|up) by", clause("cause", 0.7)),
  ...words("(dragged|pulled|pushed|driven|sent) (lower|down) by", clause("cause", -0.7)),
  ...words("(supported|led|driven) by", clause("cause", 0.3)),
  ...words(
    `(hurt|weighed|weighed down|dragged|dragged down|pressured|burdened|hit|dented|weakened|hampered|dogged|squeezed|battered|rattled|spooked|undermined|damaged|affected|depressed|hindered|eroded|plagued|overshadowed) by`,
    clause("cause", -0.7),
  ),
  ...words(
    `as of, as a, as an, as the, as part of, as well as, as much as, as many as, as usual, as planned, as soon as, as far as, such as,
       based on, on average, on monday, on tuesday, on wednesday, on thursday, on friday
     on a, focus on, depending on, with a, with the, with its, on the basis, on the exchange, on its, on hold`,
    neutral(0),
  ),
  ...words("compared (to|with), in comparison (to|with), against, versus, vs, from, as against", COMPARED),
];
