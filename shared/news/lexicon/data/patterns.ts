import type { Entry } from "../effect.ts";
import { down, level, neutral, polar, up, verbs, words } from "../entries.ts";

/** Verb, object and what stands between: FIGURE is any figure, ANY any one word. */
export const patternsEntries = (): readonly Entry[] => [
  // Expectations.
  ...words(
    `(more|faster|stronger|higher|better|larger) (ANY|ANY ANY) than (expected|forecast|feared|estimated|anticipated|thought)
     (beat|beats|beating|top|tops|topped|exceed|exceeds|exceeded|surpass|surpasses|surpassed|crush|crushes|smash|smashes|smashed) (ANY|ANY ANY|) (estimates|expectations|forecasts|forecast|consensus|views|targets|guidance|goals)
     (above|ahead of) (ANY|ANY ANY) (estimates|expectations|forecasts|consensus), (beats|beat|tops|topped) by $FIGURE,
     (beats|beat) by FIGURE, beats on (revenue|revenues|sales|earnings|eps|profit|top line|bottom line)`,
    polar(0.9),
  ),
  ...words(
    `(fewer|less|weaker|slower|lower|smaller) (ANY|ANY ANY) than (expected|forecast|estimated|anticipated|hoped|thought),
       (misses|miss|missed|missing) (ANY|ANY ANY|) (estimates|expectations|forecasts|forecast|consensus|views|targets|target|guidance|goals)
     (below|short of) (ANY|ANY ANY) (estimates|expectations|forecasts|consensus), (misses|missed) by FIGURE,
     misses on (revenue|revenues|sales|earnings|eps|profit|top line|bottom line),
     (fails|failed) to (meet|match|impress) (ANY|) (estimates|expectations|forecasts|investors|analysts)`,
    polar(-0.9),
  ),
  ...verbs("top FIGURE, exceed FIGURE, surpass FIGURE, cross FIGURE, pass FIGURE, climb past FIGURE, reclaim FIGURE", up(0.9, "back")),
  ...words("(falls|fell|drops|dropped|slips|slipped|dips|dipped) (below|under) FIGURE", down(1, "back")),
  ...words("(above|over|past|beyond|north of) (the|) FIGURE", level(1)),
  ...words("(below|under|beneath|south of) (the|) FIGURE", level(-1)),

  // Jobs and plants.
  ...words(
    `(cut|cuts|cutting|axe|axes|axing|slash|slashes|slashing|shed|sheds|shedding|eliminate|eliminates|lay off|lays off|laying off|laid off|fire|fires|fired|firing|sack|sacks|sacked|dismiss|dismisses|reduce|reduces|lose|furlough|furloughs) (about|around|up to|some|nearly|almost|over|more than|as many as|another|) FIGURE (ANY|ANY ANY|) (jobs|staff|workers|positions|posts|employees|people|personnel)
     (shut|shuts|shutting|shutter|shutters|shuttering|close|closes|closing) (about|around|up to|some|nearly|over|more than|another|) FIGURE (ANY|) (stores|shops|branches|plants|factories|restaurants|outlets|locations|mills),
     FIGURE (jobs|staff|workers) (at risk|to go|axed|cut|affected), (layoffs|dismissals) of FIGURE, jobs (ANY|ANY ANY|) lost
     (halt|halts|halted|suspend|suspends|suspended|stop|stops|stopped|idle|idles|idled|curtail|curtails|pause|pauses|paused) (ANY|) (production|output|operations|manufacturing|sales|shipments|deliveries|exports|flights|trading|services),
     (close|closes|closing|closed|shut|shuts|shutting) (its|a|the|two|three|four|five|several) (ANY|ANY ANY|) (plant|plants|factory|factories|mill|mills|stores|branches)`,
    polar(-0.8),
  ),
  ...words(
    `(hire|hires|hiring|recruit|recruits|recruiting|add|adds|adding|create|creates|creating) (about|around|up to|some|nearly|over|more than|as many as|another|) FIGURE (ANY|ANY ANY|) (jobs|staff|workers|positions|employees|people|engineers)
     (open|opens|opening|opened) (its|a|their) (first|second|third|new|largest) (ANY|) (store|stores|shop|plant|factory|office|hotel|showroom),
     (opens|to open) FIGURE (new|) (stores|shops|outlets|branches), resumes (production|operations|trading of|deliveries|exports|flights),
     (finds|found|secures|secured|lands) (ANY|) (buyer|investor|partner|funding|financing)`,
    polar(0.6),
  ),

  // Orders and results.
  ...words(
    `(wins|won|win|winning|secures|secured|lands|landed|bags|bagged|clinches|clinched|nets|receives|received|gets) (a|an|the|its|) (FIGURE|ANY|ANY ANY|ANY FIGURE|FIGURE ANY|) (order|orders|contract|contracts|deal|tender|approval|award|bid|mandate),
       (best|strongest) (day|week|month|quarter|year), (largest|biggest) (ANY|) (order|contract|deal) (ever|in its history|to date|), order (worth|valued at),
       (awarded|awards) (ANY|) (contract|order), (selected|chosen|picked) (as|by|to|for),
       (contract|deal|order) with (us navy|army|nasa|pentagon|government) worth
     (turned|turns|turn|turning) (its|a|the|) loss (into|to) (a|) profit, (shows|showed|showing) promise, promising results,
     FIGURE effective, meets (ANY|) endpoint, takes off,
     (best|strongest) (ANY|) (quarter|year|month|week|result|results|start|performance) (ever|in|since|on), posts (ANY|) record,
     all time best, doubles down on growth, (secures|secured|ensures|supports|supported) (the|its|our|) growth`,
    polar(0.75),
  ),
  ...words(
    `(worst|weakest) (day|week|month|quarter|year), (worst|weakest|slowest) (ANY|) (quarter|year|month|week|day|result|results|start|performance|drop|slump|decline) (ever|in|since|on),
       (biggest|largest|sharpest|steepest) (ANY|) (drop|fall|decline|loss|plunge|contraction|slump|outflow|outflows) (ever|in|since|on|)
     hits (demand|sales|output|profit|profits|earnings|growth|exports|economy|consumers|retailers|stocks|shares|confidence|production|margins|uk|us|china|bank|banks|lenders|car|travel|tourism|airlines|supply|supplies),
     (hit|hits) (hard|badly), hit with, hit from, takes its toll, take a toll, took its toll, bites into
     sounds alarm, sound alarm, rings alarm, alarm bells, red flag, red flags, runs dry, cash burn, burns cash, out of cash,
     loses (its|) (appeal|crown|lead|edge|patent|licence|license), in tatters, nosedives, goes wrong, caves in, bites the dust,
     in the doldrums, (hard|tough) (times|going|sell)`,
    polar(-0.75),
  ),
  ...words(
    `(loss|losses) (was|of|totalled|amounted to) FIGURE, negative FIGURE, negative EUR FIGURE, negative USD FIGURE, minus FIGURE,
       negative of FIGURE`,
    neutral(0),
  ),

  ...words(": buy, buy rated, says buy, time to buy, why i am buying, why i'm buying", polar(0.6)),
  ...words(": sell, says sell, time to sell, why i am selling, why i'm selling, sell rated", polar(-0.6)),
];
