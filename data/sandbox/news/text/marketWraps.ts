/** Articles about the market that say nothing of its direction. Patterns of text/spin.ts. */
export const MARKET_WRAPS = {
  titles: [
    "Currencies [little changed|steady] as investors await {awaited}",
    "FX [wrap|roundup]: majors [hold narrow ranges|tread water] ahead of {awaited}",
    "[Dollar, euro and yen|Singapore dollar and peers] [flat|little changed] in [quiet|thin] trading",
    "Asian currencies mixed as traders [wait for|look to] {awaited}",
    "[What to watch|Week ahead]: {awaited} and policy speeches on calendar",
    "MAS, Fed and ECB: [what to expect from|a guide to] the [next|coming] policy meetings",
    "Explainer: how Singapore manages policy through its exchange rate",
    "Morning bid: [markets pause|a quiet start] before {awaited}",
    "Singapore shares end [flat|little changed] as [gains in banks offset losses in property|banks and property diverge]",
    "Oil and gold [steady|hold near recent levels] as traders weigh mixed signals",
    "[Turnover|Trading] in Asian currency markets [in line with average|unchanged] last month, exchange says",
    "{house} names new head of currency [trading|research] in {city}",
  ],
  leads: [
    "Major currencies were little changed on {day} as investors awaited {awaited}, with no fresh news to give them direction.",
    "The dollar index was flat on {day}, and the euro, sterling and the yen held within narrow ranges before {awaited}.",
    "Asian currencies were mixed on {day}, with some up and others down by less than 0.1%, in trading that dealers described as quiet.",
    "Investors have a busy calendar before them, with {awaited} and remarks by several policymakers due in the coming days.",
  ],
  details: [
    "“There is no conviction in either direction,” said {analyst}. “Everyone is waiting for the next piece of information.”",
    "The Singapore dollar was steady against the US currency, while the Australian dollar and sterling ended about where they had begun.",
    "Economists are divided over the outlook: about half of those polled expect no change in policy this quarter, and the others are split evenly between a move up and a move down.",
    "Implied volatility was unchanged and turnover was in line with the average of the past month, brokers said.",
    "The Monetary Authority of Singapore sets policy by the exchange rate, the Federal Reserve, the European Central Bank, the Bank of England, the Bank of Japan and the Reserve Bank of Australia by interest rates.",
    "Stocks in the region ended the session mixed. Brent crude and gold were both within 0.2% of the previous close.",
    "The calendar for the rest of the week includes purchasing managers’ surveys, consumer prices and a speech at a conference in {city}.",
  ],
} as const;
export const AWAITED = [
  "US jobs data",
  "inflation figures",
  "central bank minutes",
  "the Fed’s decision",
  "MAS’s policy statement",
  "Chinese trade data",
  "a speech by the ECB’s president",
];
