/** Written after the second tuning had begun, and read at first sight with the figures that the test names; then its errors were mended where they were of a kind. */
export const SECOND_LOOK_COMPANY = `
= The total value of the contract is about EUR 20 mn, and deliveries run until 2012.
= A contract has been signed on the delivery of 14 straddle carriers.
= Both parties have signed a non-binding memorandum of understanding.
+ Kemira's new process helps paper mills cut water use, and several customers have placed orders already.
= The software enables operators to manage subscriber data in real time.
= The product improves the efficiency of combustion and reduces emissions.
= The new model is lighter and faster than its predecessor.
+ The pharmaceutical distributor lifted its operating profit by 18 % to EUR 23.5 mn.
- The pharmaceutical distributor's operating profit came to EUR 19.9 mn, which is EUR 3.6 mn less than a year before.
+ Net profit was EUR 12.2 mn, against EUR 9.9 mn for the comparable period of last year.
- Earnings before tax were EUR 0.9 mn, down on the EUR 2.4 mn of the previous quarter.
- The quarter brought a loss of EUR 0.7 mn after a profit of EUR 2.2 mn a year ago.
+ EPS for the quarter was EUR 0.00, up from a loss of EUR 0.12.
- EPS came in at EUR 0.04 from EUR 0.09 in Q3 2008.
+ Sales rose to EUR 44.9 mn while costs stayed at EUR 38 mn.
- Costs rose to EUR 44.9 mn while sales stayed at EUR 38 mn.
= The segment accounts for 23 % of group sales, and its personnel numbers 410.
= The company had a market capitalisation of EUR 460 mn at the end of June 2010.
= Ownership rose to 10.02 % of votes on 11 March 2009.
= Institutional investors own 62 % of the company, up from 60 % in 2008.
+ The bank's capital adequacy ratio strengthened to 15.1 % from 12.4 %.
- The bank's impairment losses on loans quadrupled to EUR 41 mn.
+ Impairment losses on loans decreased to EUR 12 mn.
= It is planned that the plant will start up in the second quarter of 2011.
+ The plant was started up ahead of schedule, and quality has been good from day one.
- The start-up of the plant has been delayed until the autumn.
= Production will be moved from Oulu to Tallinn.
- Production will be moved from Oulu to Tallinn, and 85 employees will be given notice.
+ No redundancies are planned, the company said.
= The company announced that its chief financial officer will retire in April.
+ Glaston raised its outlook after a strong September.
= Glaston's outlook is in line with that given in August.
- Visibility remains poor and no quick recovery is expected.
+ The order backlog grew by a fifth in the quarter and supports next year's sales.
- Deliveries were lower than planned because of the late winter.
= The late winter did not affect deliveries.
+ Demand has clearly recovered from the spring.
- Demand has not recovered from last year's slump.
= The share trades at 11 times earnings.
+ The share has risen 40 % since January.
- The share has lost a third of its value since January.
+ Danish brewer increased its stake in its Baltic unit, which has been performing well.
= Danish brewer increased its stake in its Baltic unit to 96 %.
= In the Baltic countries the chain has 34 stores, three of them opened this year.
+ The chain will open ten stores in Russia next year, and expects sales there to double.
- The chain will close ten stores in Russia next year.
- Passenger numbers on the Stockholm route went down 3.8 % to 198,000.
+ Cargo volumes on the Stockholm route went up 3.8 %.
= The companies did not give the price.
= Finnish companies sold machinery worth EUR 2 bn to Russia in 2008.
`;
export const SECOND_LOOK_MARKETS = `
+ $LYFT squeezing hard, shorts trapped
- $NIO can't hold 20, out for a loss
+ Added $SQ at 201, stop at 195
= $DIS reports after the bell
- $DIS subs light, stock off 6%
+ $COIN finally green, holding gains
- $RIVN recall, down big premarket
= $KO vs $PEP: a tale of two sodas
+ Deutsche Bank turns positive on Delta
- Deutsche Bank removes Delta from its top picks
+ Oppenheimer sees 40% upside in Block
= RBC starts Airbnb at sector perform
+ Analysts lift Micron targets after blowout quarter
- Analysts slash Intel targets after grim outlook
- Deere warns of softer farm demand
+ Deere sees no slowdown in farm demand
- Kohl's rejects takeover offer, shares drop
+ Kohl's shares jump on report of new bid
= Kohl's board reviews offer
- HSBC to axe 10,000 jobs in cost drive
+ HSBC beats forecasts as rates rise
- Philips profit halves on recall costs
+ Philips settles US apnea lawsuit for less than feared
- Bayer loses appeal over weedkiller verdict
+ Bayer wins appeal over weedkiller verdict
- Wirecard files for insolvency after auditors find hole
= Auditors to present report on Wirecard on Monday
+ Spanish unemployment lowest since 2008
- Spanish unemployment rises for second month
+ UK economy unexpectedly grows in July
- UK economy unexpectedly contracts in July
- US consumer confidence slips to eight-month low
+ US retail sales rebound in March
- US housing starts tumble 8%
+ Japan's exports rise for tenth straight month
- Japan's exports fall for tenth straight month
- Iron ore sinks on China steel curbs
+ Natural gas soars on freeze
= Gold little changed as traders weigh Fed path
- Asian shares track Wall Street lower
+ Asian shares track Wall Street higher
= Morning bid: eyes on payrolls
+ S&P 500 snaps four-week losing streak
- Nasdaq's winning run ends
+ Stocks pare losses as Powell calms nerves
- Stocks pare gains as Powell dashes hopes
- Junk bonds under strain as defaults climb
+ Default worries recede as China backs developers
= China to hold party congress in October
- Foxconn sales miss as iPhone demand cools
`;
export const SECOND_LOOK_FX = `
- EUR/USD: Bears need a close below 1.0780 to gain control - downside bias stays
+ GBP/USD stages comeback from 1.2300, bulls not done yet
- USD/CHF pulls back from three-week highs
+ USD/CHF inches back toward three-week highs
- EUR/GBP eases from 0.8600 as ECB turns cautious
= EUR/GBP hovers around 0.8600 ahead of BoE's Bailey
+ NZD/USD finds fresh buyers near 0.6080
- NZD/USD attracts fresh sellers near 0.6180
+ AUD/JPY pares losses after RBA decision
- AUD/JPY pares gains after RBA decision
- USD/JPY corrects lower from 151.80
+ USD/JPY corrects higher from 146.00
+ USD/SGD: Upside bias while above 1.3460
- USD/SGD: Downside bias while below 1.3460
= USD/SGD: Likely to range between 1.3400 and 1.3500
- USD/CNH: Scope for a drop to 7.15
+ USD/CNH: Scope for a rise to 7.35
- EUR/USD loses momentum ahead of 1.1000
+ EUR/USD gains momentum above 1.1000
+ Pound hits 15-month high after pay data
- Pound hits 15-month low after pay data
- Pound surrenders gains after Bailey's remarks
+ Pound recoups losses after Bailey's remarks
- Euro slips to $1.07, weakest since May
+ Euro climbs to $1.11, strongest since May
- Euro sold as French vote nears
+ Dollar bought as French vote nears
- Dollar broadly lower on Fed pause bets
+ Dollar broadly higher on Fed hike bets
+ Dollar at two-month high as debt deal nears
- Dollar at two-month low as inflation cools
- Dollar index hits one-year low
= Dollar index rangebound
+ Yen surges past 142 per dollar
- Yen slides past 152 per dollar
+ Yen firms to 141.5 versus dollar
- Yen eases to 151.5 versus dollar
- Ringgit falls for fifth day against US dollar
+ Ringgit snaps five-day fall against US dollar
+ Singdollar hits record against ringgit
- Singdollar off record high against ringgit
+ MAS surprises with off-cycle tightening
- MAS surprises with off-cycle easing
= MAS leaves policy unchanged, sees inflation easing
- Singapore core inflation slows, easing bets build
+ Rupee gains as RBI sells dollars
- Rupee weakens as importers rush for dollars
- Won hit by foreign selling of Seoul shares
+ Baht leads gains in Asia
- Baht leads losses in Asia
+ Loonie outperforms as oil surges
- Loonie underperforms as oil slumps
+ Aussie extends rally as copper climbs
- Aussie extends slide as copper sinks
+ Kiwi shrugs off weak GDP
- Kiwi shaken by weak GDP
+ Hawkish ECB props up euro
- Dovish BOJ keeps yen on the ropes
= BOJ stands pat, keeps forecast
+ Peso resilient despite tariff threats
- Peso gains unlikely to last, strategists say
- Krona's bounce seen as short-lived
+ Franc's appeal grows amid turmoil
`;
