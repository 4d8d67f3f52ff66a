/**
 * Headlines and posts about shares and markets, written before the second tuning and labelled by their author: + good or bullish, - bad or bearish,
 * = neither, for what each is about.
 */
export const MICROBLOGS = `
+ $TSLA long here, target 260
- Short $AAPL into earnings
- $NFLX losing the 50 day, next support way lower
+ $AMD holding up well while the rest of the market bleeds
+ $FB calls up 80% already
- $QQQ puts for next week
= $SPY chart update
= $V and $MA: which payments stock is the better pick?
+ Bought back my $MSFT this morning
- Sold all my $INTC, no growth left
+ $BABA gapping up on cloud revenue
- $GE can't catch a bid
- $NKE: Nike stock drops as margins shrink
+ $DE higher after Deere's beat and raise
- $M lower after Macy's cuts outlook
+ JPMorgan hikes Alphabet price target to 185 from 160
- UBS cuts Nike to neutral, sees slower growth
+ Barclays upgrades Ford on pricing power
- Wedbush downgrades Peloton, says demand has peaked
= Goldman reiterates neutral on Intel
= Stifel starts Snowflake at Hold
= Analyst actions: Ford, Nike, Intel, and more
= 3 things to watch when Target reports earnings
= Tesla earnings on deck: here's what Wall Street expects
= Berkshire Hathaway discloses new stake in homebuilder
= Fed's Williams: policy is in a good place
= Powell testifies before the Senate at 10 a.m.
= Treasury Secretary to visit Beijing next week
= Bond auction draws average demand
- 10-year auction goes badly, yields jump
+ Treasury auction sees strong demand
- Wall Street ends lower as bank earnings disappoint
+ Dow jumps 400 points as trade worries fade
- Dow erases 300-point gain
+ S&P 500 erases losses to end in the green
= S&P 500 ends little changed after choppy session
- Stocks give back early gains
+ Stocks cut losses after Fed minutes
- European shares slip from record high
+ European shares hover near record high after best week since March
+ Selling in tech stocks eases
- Rally in chip stocks fizzles
- Recovery in travel stocks stalls
+ Stock rout ends as banks rebound
- Sell-off in bonds deepens
+ Fears over regional lenders subside
- Concerns mount over commercial property loans
+ Unilever to buy back EUR 3bn of shares
- BP halves dividend
+ Aviva to return GBP 4bn to shareholders
+ Shire shares up 17% on AbbVie bid
+ Melrose shares leap on takeover approach
= Kraft Heinz ends talks to sell Maxwell House
- Deal talks between Renault and Fiat collapse
- AstraZeneca drug fails in lung cancer study
+ AstraZeneca's lung cancer drug gets EU approval
- EU fines Google EUR 1.5 bln
+ EU court annuls Intel fine
- Boeing 737 MAX grounding to cost airline $450 million
- Toyota recalls 1.2 million cars over airbag fault
- Thomas Cook collapses, stranding holidaymakers
- Carillion issues third profit alert in five months
+ Tesco profit up 28% as turnaround takes hold
- Sainsbury's sales dip as price war bites
+ Morrisons sales growth beats rivals over Christmas
= Tesco chairman to retire
- BHP profit slides to lowest in decade
+ Rio Tinto posts highest profit since 2011
= Glencore completes sale of agricultural unit
= Shell, Total in gas venture in Oman
+ Barclays' investment bank shakes off slowdown
- Standard Chartered loss deeper than forecast
+ Lloyds swings back into the black
- Royal Mail warns on profit, shares dive
+ Ocado shares rocket on deal with US grocer
- Ocado sinks as fire hits warehouse
= Ocado opens warehouse in Hampshire
- US jobless claims unexpectedly rise
+ US jobless claims unexpectedly fall
- US adds just 20,000 jobs in February, far below forecasts
+ US economy adds 310,000 jobs, more than expected
- Euro zone business activity shrinks at fastest pace since 2013
+ China's exports jump 12%, defying tariffs
= China's inflation steady at 2.1%
= Is the bull market over?
- Why the bull market may be over
= How to invest like Warren Buffett
+ Gold hits six-year peak as investors seek safety
- Gold eases off six-year peak
+ Oil rebounds from four-month low
- Oil falls back below $60
+ Brent gains as OPEC sticks to cuts
- Copper at lowest since 2016 on China slowdown
= Oil little changed; traders weigh supply, demand
- Bitcoin slides under $30,000
+ Bitcoin back above $40,000
- Coinbase sued by SEC
- Amazon to lay off 9,000 more workers
+ Apple supplier boosts revenue forecast on iPhone orders
- Apple supplier sees weaker demand for iPhones
= Apple to hold developer conference on June 5
+ Apple avoids tariffs on Mac Pro parts
- Apple fails to overturn patent verdict
= Merger Monday: all the deals
= Credit Suisse: 5 stocks with exposure to 5G
- Virus cases climb in Florida, Texas
+ $ZM added to watch list, breakout over 100 on volume
- $UBER broke the trendline, looking for 28
= $IBM volume 4.2M, price 141.20
`;
