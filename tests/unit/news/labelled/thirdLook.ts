/** Data releases, officials, forecasts and harder company sentences, written after the second look and read at first sight; then their errors were mended where they were of a kind. */
export const THIRD_LOOK_COMPANY = `
= The company will use the proceeds to repay debt and finance its growth.
= The increase in share capital was entered in the trade register on Monday.
= Growth in the segment comes mainly from acquisitions, the report says.
= The strong euro has no bearing on the company's domestic business.
= The winner will be announced at the general meeting.
= Improvements to the harbour will be completed next summer.
= A loss-making shipyard in Rauma was the first candidate for closure, union officials recalled.
= The company's risk management is described in the annual report.
= Loss adjusters will visit the site on Tuesday.
= The group is listed in Helsinki and Stockholm and is a market leader in rock crushing.
= Its strength lies in customised solutions.
= The lift carries up to 1,000 kg and rises to 40 metres.
= Sales and marketing director Pekka Laaksonen will be in charge of the launch.
= The new factory's capacity will be higher than that of the old one.
= The number of shares owned by the fund has fallen below 5 %.
= In the fair the company will present products that lower heating costs.
= The sale of the unit lowers the number of employees by 120.
= The company's target is to be the leading player in its field by 2015.
+ The company's target of being the leading player in its field was reached two years early.
+ It has been decided to expand the mill because demand exceeds capacity.
+ The airline flew 7.1 % more passengers in April.
- The airline flew 7.1 % fewer passengers in April.
+ The service already has 2 million users, and new ones join at a rate of 5,000 a day.
+ The group's cost-cutting programme is progressing faster than planned.
- The group's cost-cutting programme is progressing slower than planned.
- Profit per share amounted to EUR 1.03, down from EUR 1.32.
+ Profit per share amounted to EUR 1.03, up from EUR 0.82.
- Profit for the period was EUR 2.9 mn, falling clearly from last year's EUR 6.8 mn.
- The gross margin was 24.4 %, or 1.9 percentage points below the year-earlier figure.
+ The gross margin was 26.3 %, or 1.9 percentage points above the year-earlier figure.
- Of the EUR 40 mn turnover, a third came from Russia, where sales collapsed.
+ Finnish software house reports a net profit of EUR 1.2 mn for 2009, compared with a net loss of EUR 2.0 mn for 2008.
- Finnish software house reports a net loss of EUR 2.0 mn for 2009, compared with a net profit of EUR 1.2 mn for 2008.
- Finnish software house reports a net loss of EUR 2.0 mn for 2009, compared with a net loss of EUR 0.4 mn for 2008.
+ The mill's order books are full until the summer.
- The mill's order books are nearly empty.
+ The bank has agreed to extend the loan by three years at a lower margin.
- The bank has demanded immediate repayment of the loan.
+ Raute has received orders worth over EUR 12 mn from Chile and Russia.
+ A Chinese customer has ordered two power plants from the company.
= A customer can order the product online.
- The customer cancelled its order for two power plants.
- Nearly half of the staff took part in the walkout.
+ Most analysts now recommend buying the share.
`;
export const THIRD_LOOK_MARKETS = `
+ US nonfarm payrolls rise 253,000 vs 180,000 expected
- US nonfarm payrolls rise 88,000 vs 180,000 expected
- German factory orders slump 10.7% vs -2.2% expected
- UK manufacturing PMI 46.6 vs 48.5 expected
+ UK services PMI 55.9 vs 54.9 forecast
+ Australian employment surges 64,900, beating 20,000 forecast
- Canada sheds 43,100 jobs in August
+ Eurozone GDP grows 0.3% q/q vs 0.2% expected
= Eurozone final CPI 5.3% vs 5.3% prelim
= Japan leading index due at 05:00 GMT
+ Apple target raised to 220 at Wedbush
- Apple loses its buy rating at Barclays
+ Tesla price target hiked at RBC
- Tesla price target slashed at RBC
= Tesla price target unchanged at RBC
+ Beyond Meat surges after McDonald's test
- Beyond Meat plunges after McDonald's ends test
= Beyond Meat: what analysts say after the McDonald's test
- $BYND puts paying nicely
+ $MARA calls paying nicely
- If $ROKU loses 60 it's over
+ Nothing can stop $NVDA
- Don't buy the dip in $W
+ Don't short $GME
- Stay away from $CLOV
= Anyone watching $FCX?
- Sony warns PlayStation sales will miss target
+ Sony raises profit view on image sensors
- Nissan's credit rating cut to junk
+ Ford's credit rating lifted out of junk
- Swatch says profit will fall by half
+ Swatch says profit will rise by half
- L'Oreal growth slows sharply in China
+ L'Oreal growth quickens in China
- Deliveroo flops on debut
+ Arm pops on debut
= Arm prices IPO at $51
- Shell takes $5 billion hit on Russia exit
= Shell to exit Russia
- Shipping rates tumble as demand dries up
+ Oil jumps 3% as Saudi extends cuts
- Oil drops 3% as Saudi ends cuts
+ Fed signals end of hikes, stocks soar
- Fed signals more hikes, stocks slide
`;
export const THIRD_LOOK_FX = `
+ BoE's Pill: more work to do on inflation, rates may rise again
- BoE's Dhingra: rates should be cut soon
+ Fed's Waller backs two more hikes
- Fed's Goolsbee sees no need for more hikes
- BOJ's Ueda says easy policy to continue
+ ECB's Nagel says too early to cut
= ECB's Lane to speak at 14:00
+ RBNZ lifts cash rate by 50 bps, more than expected
- Reserve Bank of Australia leaves rates on hold, Aussie sinks
+ Danske sees EUR/USD at 1.18 in 12 months, up from 1.12
- Danske sees EUR/USD at 1.02 in 12 months, down from 1.08
+ Goldman raises yen forecast
- Goldman turns bearish on sterling
+ Strategists turn bullish on the Aussie
- JPMorgan cuts euro to underweight
- EUR/USD eyes 1.0450 as bears tighten grip
+ EUR/USD eyes 1.1050 as bulls tighten grip
+ USD/JPY: Path of least resistance is up
- USD/JPY: Path of least resistance is down
- GBP/USD: Any rebound should be capped at 1.2450
+ GBP/USD: Any pullback should be limited to 1.2650
- GBP/USD slides back below 200-day average
+ GBP/USD climbs back above 200-day average
+ USD/CAD crosses above 1.3500 for first time since March
- USD/CAD dives below 1.3300 for first time since February
- EUR/CHF at record low
+ EUR/CHF lifts off record low
- Dollar dips as traders trim Fed hike bets
+ Dollar ticks up as traders trim Fed cut bets
- Dollar slips from six-week peak
+ Dollar climbs off six-week trough
- Dollar's rally runs out of road
+ Dollar regains poise after bruising week
- Euro wilts as gas prices surge
+ Euro perks up as gas prices plunge
- Euro stumbles, but losses limited
+ Yen recovers some ground
- Yen gives back some ground
= Yen little moved by BOJ summary of opinions
- Yen carry trades back in vogue, weighing on currency
+ Unwinding of carry trades lifts yen
- Risk-off mood sends kiwi tumbling
+ Risk-on mood sends kiwi soaring
+ Swiss franc favoured as haven
- Rand routed on arms-for-Russia claim
+ Rouble jumps after emergency rate hike
- Rouble slides past 100 per dollar
+ Indian rupee settles 8 paise higher at 82.60 against US dollar
- Indian rupee settles 8 paise lower at 82.76 against US dollar
- Taiwan dollar slides as foreigners dump stocks
= Hong Kong dollar pinned near the middle of its band
- Hong Kong dollar falls to weak end of band
`;
