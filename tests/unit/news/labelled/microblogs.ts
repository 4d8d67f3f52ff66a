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
+ $GOOG over 1500 and it flies
- $AAPL under 118 and it gets ugly
+ $PLTR strong close, nice accumulation all day
- $PLTR insiders keep selling
= $AMZN earnings tomorrow after the close
+ $AMZN earnings crush, AWS growth reaccelerates
- $SNAP -22% after hours, revenue light
+ $CRM up 8% premarket on raised guide
= $SPX flat into the close
- $XLF relative weakness continues
+ $SMH relative strength continues
- $IWM failed breakout, trimming longs
+ $SBUX short covering rally
= $WMT, $TGT, $COST: who wins the holiday season?
- Cramer says avoid this bank stock
+ Cramer says this bank stock is a buy
= Cramer's lightning round: I'm staying away from rare earths
= Insider trades: Oracle, Visa, Pfizer
+ Citigroup shares gain after dividend hike
= Citigroup to present at conference
- Citigroup misses on trading revenue
+ Morgan Stanley quarterly profit tops views
+ PayPal stock climbs as users top 400M
- PayPal stock sinks as guidance underwhelms
- Goldman cuts S&P 500 target
+ Goldman lifts S&P 500 target to 5,200
= Goldman sees S&P 500 flat in 2022
- Bank of America: investors most bearish since 2008
+ Bank of America: investors rush back into stocks
= Moderna to supply Canada with 20 million doses
+ Moderna vaccine 94% effective in trial
- Moderna shares fall on delay of EU shipments
+ Pfizer wins UK order for antiviral pill
- Merck's Keytruda trial halted for futility
+ Novartis gets positive CHMP opinion
- Roche warns of pricing pressure in China
= Sanofi hires new research head from Roche
- Volkswagen recalls 100,000 electric vehicles
+ Volkswagen deliveries rise 7% in September
- Renault sees chip shortage costing 500,000 vehicles
+ Renault sticks to margin goal despite chip shortage
- Rolls-Royce burns through cash, seeks capital
+ Rolls-Royce wins engine order from Qatar
- Airbus cuts output plan
+ Airbus beats delivery target
= Airbus to announce orders at air show
- EasyJet sees bookings hit from Omicron
+ Ryanair raises traffic forecast
- Vodafone bows out of auction for Liberty assets
= Vodafone in talks with Iliad over Italian unit
- Debenhams on the brink after rescue talks fail
+ Debenhams gets lifeline from lenders
- M&S to shut 100 stores
= M&S picks new finance chief
+ Next lifts profit guidance for fourth time
- JD Sports tumbles on guidance cut
+ GSK spin-off cheered by investors
- Persimmon builds fewer homes as buyers retreat
+ UK house prices rise at fastest pace in four years
- UK house prices fall for third month
- UK mortgage approvals drop to lowest since 2020
+ UK wage growth picks up
= UK to publish growth figures on Friday
- Germany slips into recession
+ Germany narrowly avoids recession
+ Italian bond yields drop after election result
- Italian bonds sell off on budget row
= Italy sells 10-year bonds at 3.8% yield
- India's trade deficit widens to record
+ India's trade deficit narrows
- Turkish inflation climbs to 61%
+ Brazil's inflation slows for sixth month
- Pakistan nears default as reserves dwindle
+ IMF approves $3 billion for Pakistan
+ Sri Lanka secures IMF bailout
- Evergrande ordered to liquidate
- Country Garden shares halved in a month
+ Hong Kong stocks rise most since March on policy support
- Hong Kong's Hang Seng sheds 2%
= Hong Kong exchange to cut trading fees
+ Nikkei ends at 33-year high
- Nikkei snaps four-day rally
+ Nikkei snaps four-day slide
= Nikkei ends flat as investors await BOJ
- Tariffs could cost Apple $900 million, Cook says
+ Tariff pause sends stocks soaring
- Trump slaps 25% tariff on car imports
= Trump to meet Powell on Thursday
- Ford suspends guidance, citing tariffs
- Intel delays Ohio plant again
+ TSMC sales jump 39% in March
= TSMC to hold AGM in June
- Nvidia says export curbs to cost it $5.5 billion
+ Nvidia allowed to resume chip sales to China
`;
