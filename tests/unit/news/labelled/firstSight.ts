/**
 * Written when the second tuning was over. Read once, 94 % (company), 90 % (markets) and 87 % (FX, 7 % of the polar ones the opposite) were
 * right; the lexicon before the tuning read 92, 88 and 76 % (15 %). After that some of their errors were mended, so that today's figures
 * are no longer those of first sight. + good, - bad, = neither.
 */
export const FIRST_SIGHT_COMPANY = `
= The bakery group has about 900 employees and net sales of some EUR 120 mn.
= The companies have agreed that the purchase price will be paid in cash at closing.
= Cramo operates in ten countries and rents out cranes, lifts and modular space.
= The trial operation of the system starts in May at two hospitals.
= Rapala's board proposes that the dividend be EUR 0.19 per share.
= The lease covers 8,600 square metres of office space near the railway station.
= The design of the new packaging is based on consumer studies.
= The shares subscribed for with the stock options were registered today.
= In addition to Finland, the retailer has stores in Latvia and Lithuania.
= The chairman of the works council is to meet the minister on Monday.
= The vessel's cargo capacity is 5,600 lane metres.
= Ahlstrom's nominating committee consists of the three largest shareholders.
= Talentum will publish its interim report on 22 October.
= The technology is used for purifying drinking water.
= The company said it has begun to look for a new site for its warehouse.
= The agreement covers management of more than 7,000 workstations.
= The plot, situated by the motorway, was bought by a local developer.
= A total of 1,400 shareholders took part in the offering.
= The system lets hauliers follow their trucks on a map.
= The maximum amount of the credit facility is EUR 75 mn.
+ Net sales totalled EUR 33.1 mn, an increase of 12 % from the year before.
+ Operating profit was EUR 8.8 mn in 2006, up from EUR 6.1 mn in 2005.
+ Earnings per share grew to EUR 0.77 (0.63).
+ The pre-tax result improved to a profit of EUR 2.2 mn from a loss of EUR 1.6 mn in Q2 2009.
+ The group's order intake in January-June was 34 % higher than in the first half of 2009.
+ Thanks to improved capacity utilisation, the sawmills turned profitable in the spring.
+ Konecranes won a big crane order from an Indian shipyard.
+ The purchase gives the company a strong position in Swedish home care.
+ The share rallied 6.3 % to EUR 9.47 after the results.
+ The bank said non-performing loans fell to 0.9 % of the loan book.
+ Sales of smartphones tripled in China.
+ The company estimates that its result for the whole year will be better than it said in August.
+ The licence income from the drug exceeded all forecasts.
+ Travel agencies report brisker demand for autumn holidays.
+ Operating expenses were down 9 % on the previous year.
- Net sales went down to EUR 61.5 mn from EUR 74.0 mn in the first nine months of 2008.
- Operating loss totalled EUR 3.2 mn, compared with a profit of EUR 4.4 mn in Q4 2007.
- EBIT shrank by two thirds to EUR 1.7 mn.
- The company's cash flow was EUR -8.4 mn, against EUR 3.9 mn a year earlier.
- Order books thinned out towards the end of the year.
- A total of 210 jobs will be cut, of which 130 in Finland.
- The share slumped 11 % after the profit warning.
- Prices of copper cathode rose, which pushed up the purchasing costs.
- Ticket sales have lagged behind last season's.
- The company cannot pay the instalment falling due in June, its administrator said.
- The dairy recalls yoghurts because of pieces of plastic.
- The group cut its estimate for 2009 sales growth to 2-4 % from 5-8 %.
- The mill ran at only 70 % of its capacity.
- Credit losses and higher funding costs took the bank's result into the red.
- The company has failed to pass on the rise in grain prices.
`;
export const FIRST_SIGHT_MARKETS = `
= $ADBE - Adobe investor meeting set for Oct 18
= Nikkei, Hang Seng: levels to know for Tuesday
= Lagarde, Bailey on panel at Sintra at 13:30
= What the yield curve is telling us
= Volvo Cars to publish July sales on Wednesday
= Vanguard lists three new bond ETFs
= Which airline will order first?
= Norway fund votes on Exxon climate plan
= UBS hires former regulator as compliance chief
= Cocoa: grind data due Thursday
= EU lawmakers back common charger
= $T volume picks up ahead of the close
+ $SHOP ripping after the print
+ $CAT breakout confirmed, PT 300
+ Piper raises Datadog target to 160, keeps overweight
+ KeyBanc ups DraftKings to overweight
+ Rolls-Royce shares climb to record after profit guidance lifted
+ Inditex sales growth picks up as shoppers return
+ Novo Nordisk trial data sends shares to new high
+ Lufthansa returns to profit
+ Nokia lands 5G deal with T-Mobile
+ UK inflation falls by more than expected, easing pressure on households
+ US job openings jump above 10 million
+ German investor morale brightens for third month
+ Chip shares rebound as export fears ease
+ Wheat jumps on Black Sea supply fears
+ Greece regains investment grade after 13 years
+ Court blocks tariffs, Wall Street futures surge
+ Insurers escape worst of storm losses
- $PTON guide is awful, getting out
- $DDOG puts, looks toppy under 110
- Mizuho cuts Rivian to neutral on demand worries
- Stellantis shares skid as margins crumble
- Kering warns of 30% drop in first-half profit
- Adidas scraps outlook after ending Yeezy tie-up
- Telecom Italia loses more customers
- Boohoo slumps into the red
- Tesla misses delivery estimates as price cuts fail to spur demand
- US retail sales slide 1.1%, worst since winter
- French business activity shrinks again
- China's property woes deepen as sales sink
- Crude sheds 4% on demand gloom
- Airlines tumble as fuel costs bite
- Argentina defaults for ninth time
- Fitch strips US of top rating
- Wall Street's rebound runs out of steam
- Regional banks slide anew
- Ericsson to shed 8,500 jobs
- Pfizer halts trial of obesity pill over side effects
- EU opens antitrust case against Microsoft
`;
export const FIRST_SIGHT_FX = `
= EUR/USD pinned near 1.0850 by option expiries
= USD/JPY marks time ahead of Ueda
= GBP/USD: 1.2550-1.2750 range to hold for now
= Dollar flat as holiday thins trade
= AUD/USD undecided after mixed Chinese data
= PBOC fixes yuan at 7.0950 per dollar
= ECB preview: what to look for
= USD/CAD: Wait for the break
+ EUR/USD pushes through 1.0950, bulls target 1.1000
+ EUR/USD: Dips likely to find buyers around 1.0800
+ USD/JPY extends its climb, 152.00 within reach
+ USD/JPY catches fresh bids as US yields rebound
+ GBP/USD turns positive on the day above 1.2700
+ GBP/USD defends 1.2500, upside favoured
+ AUD/USD snaps five-day losing run
+ NZD/USD spikes as RBNZ skips cut
+ USD/CAD finds support at 1.3550 and turns higher
+ USD/CHF recovers early lost ground
+ USD/SGD ticks higher as MAS stays on hold
+ Sterling at strongest since Brexit vote against euro
+ Sterling's slide pauses
+ Euro gains as French election fears fade
+ Yen jumps nearly 2% as Tokyo steps in
+ Singapore dollar near nine-year high to greenback
+ Dollar strengthens to S$1.36
+ Dollar extends winning run to eighth week
+ Dollar underpinned by hot producer prices
+ Ringgit's rally has further to run, says MUFG
+ Won rebounds from 17-month low as authorities warn speculators
+ Rupiah firms after surprise Bank Indonesia hike
+ Gold holds gains as Treasury yields slip
+ Downward pressure on baht eases
+ US Dollar Index bounces from weekly lows near 103.00
- EUR/USD drops to fresh YTD lows below 1.0450
- EUR/USD: Further decline expected while under 1.0720
- EUR/GBP seen sliding to 0.8300 by year-end
- USD/JPY snaps back to 148.00 as intervention chatter grows
- USD/JPY: Upside attempts seen capped at 151.00
- GBP/USD fades spike to 1.2800
- GBP/JPY trims part of its weekly gains
- AUD/USD slides as jobless rate jumps
- NZD/USD can't escape bears' grip below 0.5900
- USD/CAD retreats from multi-month top
- USD/CNH: Downside risks prevail below 7.2000
- USD/SGD slumps as Fed opens door to cuts
- Sterling hit by surprise fall in wages
- Euro at 1.04 to the dollar, lowest in two years
- Euro's bounce lacks conviction
- Yen on the slide again as carry trade returns
- Franc slips after SNB talks it down
- Singapore dollar retreats from decade high
- Dollar falls to three-week low of S$1.33
- Dollar gives up payrolls gains
- Dollar sags as core PCE undershoots
- Loonie stumbles to 1.39 per US dollar
- Peso sell-off gathers pace
- Yuan at weakest in 16 years despite firm fixings
- Rand's recovery hits a wall
- Rupee under strain from dollar demand
- Lira's losses mount
- Kiwi heads for fifth weekly drop
- Crown weakens as Riksbank cuts
`;
