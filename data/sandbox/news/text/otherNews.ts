/** Articles about anything but the market, several with words that hold a shorter one: Christmas, massive, fedora, pounding. */
export const OTHER_NEWS = [
  {
    section: "sport",
    titles: [
      "[Late header|Stoppage-time goal] gives {team} [narrow win|victory] over {rivals}",
      "{team} [sink|beat] {rivals} to [reach final|go top of the league]",
      "{team} [held to draw|lose at home] as {rivals} [fight back|defend in numbers]",
      "Swimmer [breaks national record|wins gold] at [regional games|Asian championships]",
      "Tennis: [top seed|former champion] [crashes out|pulls out] of Sydney event with sore wrist",
    ],
    leads: [
      "{team} [moved up|climbed] to [second|third] in the table with a 2-1 win over {rivals} in front of a crowd of 31,000 on {day}.",
      "A massive crowd saw {team} [dominate|outplay] {rivals} from the first minute on {day}, with two goals before half-time.",
    ],
    details: [
      "“The lads were outstanding,” the coach said. “We put pressure on them and never let them settle.”",
      "The visitors lost their captain to a hamstring injury after 20 minutes and never recovered.",
      "The return match will be played in [two|three] weeks. Tickets go on sale on Friday.",
    ],
  },
  {
    section: "weather",
    titles: [
      "[Thundery showers|Heavy rain] expected [over most of island|across Singapore] [this week|in the afternoon]",
      "[Storm|Typhoon] [strengthens|weakens] as it [nears coast|moves away from Japan]",
      "Flash floods [hit|close roads in] [eastern districts|low-lying areas] after [massive downpour|record rainfall]",
      "Heatwave [grips|to return to] [southern Australia|eastern states], fire crews on alert",
      "Haze [clears|returns] as winds [shift|weaken], air quality [good|moderate]",
    ],
    leads: [
      "Pounding rain and strong winds are expected [over the weekend|on {day} afternoon], the weather office said, with temperatures falling to 23 degrees.",
      "Forecasters said on {day} that the storm had lost some of its strength over the sea but could still bring high waves to the coast.",
    ],
    details: [
      "Residents were told to stay indoors and to keep drains clear. No injuries were reported.",
      "The wettest day of the month so far was Tuesday, when 94 millimetres fell in three hours.",
      "Conditions should improve from the middle of next week as the monsoon surge eases.",
    ],
  },
  {
    section: "life",
    titles: [
      "Christmas market [returns to|opens on] Orchard Road with [massive tree|record number of stalls]",
      "[Thousands|Families] flock to federal park as [cherry season|new trail] opens",
      "Museum shows [masks and masterpieces|fedoras and fashions] of the 1920s",
      "Pasta masterclass: how a [hawker|young chef] [won|earned] her first star",
      "Five [walks|cafes] to try in [Tiong Bahru|Kyoto|Brisbane] this weekend",
      "Euro-pop band [announces|adds] [second|extra] night at National Stadium",
    ],
    leads: [
      "The Christmas season opened on {day} with carols, a massive tree and stalls that sell everything from masala nuts to mascots.",
      "Visitors queued for hours on {day} to see the exhibition, which brings together masks, embroidery and jewellery from four continents.",
      "A federal park that had been closed for repairs welcomed walkers again on {day}, with a new boardwalk through the mangroves.",
    ],
    details: [
      "Entry is free for children below the age of seven, and the organisers expect 40,000 visitors.",
      "“It is the highlight of our year,” said one visitor, who had come with her grandmother and two dogs.",
      "The programme runs until the end of the month, from 10 in the morning to 9 in the evening.",
      "Food stalls offer dishes for between five and 12 dollars, and there are workshops on pottery and calligraphy.",
    ],
  },
  {
    section: "local",
    titles: [
      "Train service [resumes|disrupted] on [east-west|circle] line after [signal|power] fault",
      "[Man|Woman] [fined|charged] in court over [unlicensed fireworks|illegal parking near school]",
      "New [library|hawker centre|polyclinic] to open in Tampines [next year|by December]",
      "Students [build|launch] solar-powered boat [for river clean-up|at science fair]",
      "Town council [repairs|replaces] [lifts|playground] after residents’ [petition|complaints]",
    ],
    leads: [
      "Commuters faced delays of up to 40 minutes on {day} after a fault between two stations, the operator said.",
      "The facility will serve about 60,000 residents and is to open in stages, the agency said on {day}.",
      "A court heard on {day} that no one was hurt in the incident, which happened in the early hours of Sunday.",
    ],
    details: [
      "Shuttle buses were provided and staff helped passengers at the affected stations.",
      "Residents had asked for the change since 2019. “Better late than never,” said a retired teacher.",
      "The agency said that it would review its procedures and report back in three months.",
    ],
  },
] as const;

export const TEAMS = [
  "Lion City Rovers",
  "Harbour United",
  "Brisbane Waratahs",
  "Osaka Falcons",
  "Kallang Athletic",
  "Northgate Town",
  "Pound Lane Rangers",
];
