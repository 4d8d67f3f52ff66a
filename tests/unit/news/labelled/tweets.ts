/** Posts and news flashes about stocks, written for this project and labelled by their author: + bullish, - bearish, = neither. */
export const TWEETS = `
= $ABCD - Abcdon Q3 2019 earnings call transcript
+ $NVDA breaking out to new highs, adding calls
- $TSLA looks weak here, puts printing
+ Delta upgraded to Buy at Argus on travel recovery
- $CCL: Bank cuts cruise operator to Sell
= $MSFT declares $0.51 dividend
+ $SHOP EPS beats by $0.12, beats on revenue
- $GPS EPS misses by $0.07, misses on revenue
= $KO EPS in-line, revenue in-line
- Jefferies downgrades $XOM to Hold from Buy
+ Price target on $AMD raised to $120 from $95 at KeyBanc
- Citi cuts price target on Boeing to $150
= Stocks making the biggest moves midday: Apple, Nike, Gap
+ $AAPL bulls in control, to the moon
- Short $SNAP, more downside ahead
= Dow futures flat before the open
- Dow futures down 250 points
+ S&P 500 closes higher for a fifth day
- $BYND plunges 14% premarket on guidance
+ $ROKU +9% after strong subscriber numbers
= Here's what you need to know about the new tax rules
- $WDC -6% on weak outlook
= Goldman initiates coverage of $UBER at Neutral
+ Wells Fargo initiates $PYPL with Overweight
- $GE under pressure, head and shoulders forming, looking for a breakdown
= Weekly mortgage rates for the week of 12 May
+ $FB nice bounce off support, long here
- Bears are winning, $SPY rejected at resistance again
= The Fed's Daly to speak at 1 pm
+ $INTC guides Q4 revenue above consensus
- $HPQ guides below the Street
= $ZM: Zoom announces new chief marketing officer
+ Biotech $SRPT soars on FDA nod
- FDA rejects $ACAD's application; shares crater
= Trump says he will meet Xi next month
- Boeing 737 Max deliveries delayed again
+ Watching $BA for a breakout above 200, looks bullish
- $F is a falling knife
= Markets closed on Monday for Memorial Day
+ Loading up on $DIS before earnings
- Dumping my $GME, this thing is overvalued
= $PFE files 10-K
+ $TWTR short squeeze incoming
- Death cross on $IWM
= $JPM to buy back $30B? no comment from the bank
+ $WMT announces $20B buyback
- $LYFT announces secondary offering of 10M shares
= ICYMI: our interview with the central bank governor
+ China stocks rally as stimulus hopes build
- Market sells off into the close
= US crude settles at $61.72/bbl
+ Oil settles up 2%
- Nat gas down 4% on warm weather forecast
= Coronavirus: how cities are reopening
- Coronavirus fears hammer travel stocks
+ Airbnb IPO prices above range
- WeWork pulls IPO
= $CRM acquires Tableau in all-stock deal
+ $DATA pops 34% on buyout
- JPMorgan turns bearish on retail
+ Morgan Stanley sees upside for $MU
= $NFLX unch on the day
- Insider selling at $CVNA
+ CEO buys 50,000 shares of $GPRO
- $LK halted, fraud allegations
= Economic calendar: CPI, retail sales, jobless claims
`;
