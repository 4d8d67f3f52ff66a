/**
 * Headlines of the FX desks, written before the second tuning and labelled by their author: + stronger, - weaker, = neither, for the pair or
 * currency named first.
 */
export const FX_HEADLINES = `
- EUR/USD: Extra losses likely below 1.0560
- AUD/USD: More weakness expected below 0.6850
- USD/CAD: Further downside probable while under 1.3300
+ GBP/USD: Extra gains in store above 1.2750
+ USD/JPY: Additional upside on a break of 151.90
- USD/CNH faces extra selling pressure below 7.10
+ USD/CNH: A test of 7.30 is not ruled out
- NZD/USD: Risk of a deeper pullback
= GBP/USD: Room for extra consolidation
= EUR/USD: Sideways trading in store near term
= USD/JPY seen within 147.00-150.00
+ EUR/USD clings to gains above 1.0900 ahead of US data
- GBP/USD clings to losses near 1.2200
- EUR/USD trims gains and returns to 1.0800
+ EUR/USD trims losses and reclaims 1.0700
- AUD/USD pares intraday gains, back below 0.6600
+ USD/JPY erases losses on rebound in yields
+ USD/CAD off lows, still down on the day
- EUR/GBP retreats from highs near 0.8700
+ GBP/JPY bounces off weekly lows, eyes 183.00
- USD/CHF turns lower after failing at 0.9100
+ NZD/USD recovers from two-week low
- EUR/JPY loses the grip and tests 157.00
- USD/MXN: Peso's strength to continue
+ EUR/USD advances to fresh tops past 1.1000
- Dollar index drops to multi-week lows near 101.00
+ US Dollar Index regains the smile above 104.00
- US Dollar Index Price Analysis: A move to 100.80 emerges on the horizon
+ DXY: Dollar stays bid as yields climb
- USD Index extends the bearish move
+ EUR/USD Price Analysis: Upside momentum targets 1.1100
- GBP/USD Price Analysis: Corrective pullback has more room to go
- USD/CAD Price Analysis: Sellers keep eyes on 1.3300
+ AUD/USD Price Analysis: Buyers approach 0.7000 hurdle
= EUR/CHF Price Analysis: Stuck in a symmetrical triangle
= USD/JPY Price Analysis: Lacks clear direction near 135.00
+ Gold Price Forecast: XAU/USD bulls aim for $2,000 on softer yields
- Gold Price Analysis: XAU/USD drops toward $1,900 as dollar firms
+ EUR/USD: Euro to climb to 1.15 by year-end - Danske Bank
- EUR/USD: Parity back on the cards - ING
- GBP/USD to fall towards 1.18 in three months - Rabobank
+ USD/CAD likely to rise to 1.40 - Scotiabank
= EUR/USD could trade between 1.08 and 1.10 near term - UOB
+ AUD/USD: A break above 0.6900 opens the door to 0.7050
- AUD/USD: A break below 0.6500 would expose 0.6400
+ EUR/USD supported above 1.0650
- EUR/USD capped by 1.0950
- GBP/USD remains vulnerable near 1.2000
+ USD/JPY to stay elevated for longer - MUFG
- Pound could struggle to hold gains, analysts say
- Sterling slides as UK inflation cools more than expected
+ Sterling jumps as hot UK inflation fuels rate hike bets
+ Dollar climbs after US CPI tops forecasts
- Dollar falls after soft US inflation data
- EUR/USD tumbles as US CPI beats expectations
+ EUR/USD surges as US inflation surprises to the downside
- AUD/USD slumps after Australian CPI misses
+ Yen gains as Tokyo inflation accelerates
- Dollar slides as Fed seen pausing hikes
+ Dollar rises as Powell rules out early rate cuts
- Dollar slips after Fed signals pause
- Aussie drops after RBA unexpectedly holds rates
+ Aussie jumps as RBA surprises with hike
- Kiwi falls after RBNZ cuts rates by 50 bps
- Loonie weakens as BoC turns dovish
+ Euro rises as ECB's Schnabel sounds hawkish
- Swiss franc falls after SNB's surprise rate cut
- Yen slips as BOJ keeps ultra-easy policy
+ Yen soars as BOJ tweaks yield control
+ Norwegian crown strengthens after Norges Bank hikes
+ Singapore dollar at 1.30 per US dollar, strongest in nine years
- Yen at 152 to the dollar, weakest in three decades
- Rupee at 83.40 against the dollar, lowest on record
- US dollar drops to S$1.34
- Dollar down to 147 yen from 149
+ Dollar up at 150 yen
+ Selling pressure on the euro eases
+ Dollar's decline stalls
- Yen's rally fades
- Sell-off in sterling deepens
+ Sell-off in sterling abates
+ Rout in emerging currencies halts
- Rebound in the lira falters
+ Bears lose momentum in EUR/USD
- Bulls run out of steam in GBP/JPY
+ Dollar snaps three-day losing streak
- Dollar snaps five-week winning streak
- Euro suffers fourth straight weekly loss
+ Euro on track for third weekly gain
- Yuan on course for worst month this year
+ Yen in demand as stocks sink
- Aussie hit as risk appetite sours
+ Swiss franc draws safe-haven bids as banks wobble
- Kiwi under pressure on weak dairy prices
+ Dollar finds safe-haven support on Middle East tensions
- Canadian dollar weakens on tariff worries
- Mexican peso sinks as Trump vows tariffs
+ Mexican peso bounces as tariffs are delayed
- Dollar loses ground as trade tensions ease
+ Baht rises on tourism hopes
- Won slumps past 1,400 per dollar
- Dollar/yen slides on suspected intervention
+ Yen spikes on suspected intervention
+ USD/JPY shrugs off intervention threat
- Cable slips under 1.26 on weak services PMI
+ Cable pushes higher as dollar stumbles
= Cable steady before BoE
= EUR/USD holds steady around 1.0850 ahead of ECB
= USD/CAD flat below 1.3700 ahead of BoC decision
= Dollar treads water ahead of payrolls
= AUD/USD: RBA minutes, China data to drive next move
= ECB's Lagarde: inflation still too high
= FX daily: all eyes on Jackson Hole
= PBoC sets USD/CNY reference rate at 7.1020
= EUR/USD: Three factors to watch this week - ING
= Will the Bank of England rescue the pound?
- Euro zone slump bodes ill for euro
- Euro fails to profit from weaker dollar
- EUR/USD unable to sustain move above 1.1000
+ USD/TRY renews all-time high near 27.00
+ USD/INR climbs as RBI stays on sidelines
- USD/SGD under 1.35 as MAS keeps tightening bias
+ USD/SGD edges up after soft Singapore GDP
- USD/IDR retreats as Bank Indonesia steps in
- Short dollar positions hit record, CFTC data show
+ Hedge funds raise bullish bets on yen
+ GBP/USD breaks above descending trendline
- EUR/AUD slips under 1.6300 as Aussie outperforms
- Dollar retreats as yields ease
+ Dollar hits highest since November as yields spike
+ USD/CHF prints three-day winning streak
- Crude's slide drags loonie to five-month low
= GBP/JPY: Mixed signals on the daily chart
= EUR/USD forecast: What next after the Fed?
= NZD/USD confined to a tight range around 0.6150
= USD/CAD sticks to familiar levels ahead of jobs data
= EUR/GBP: Neutral outlook maintained - UOB
= When is the UK CPI and how could it affect GBP/USD?
= Forex Today: Dollar awaits payrolls, yen traders watch BOJ
= Australia: Composite PMI at 51.2 in March
= FX option expiries for 12 May: EUR/USD 1.0900 1.2bn
= USD/CHF consolidates in a range, bulls and bears await Powell
= Fed's Barkin: need more evidence on inflation
= USD/JPY trapped between the 50- and 200-day averages
= Singapore dollar's basket seen mid-band, says bank
= Gold trades flat around $1,950
= China's FX reserves at $3.2 trn in June
= EUR/JPY neutral in the 160.00 to 162.00 zone
= Bank of Canada preview: A coin toss
= G10 FX: Week in review
= Dollar mixed as investors digest Fed minutes
= USD/MYR: Little change expected near term
- AUD/USD remains on the defensive below 0.6700 mark, seems vulnerable
- USD/CHF struggles to find acceptance above 0.9200
+ USD/JPY now targets 138.00
- EUR/USD: A dip below 1.0500 cannot be ruled out
+ USD/JPY keeps the positive bias so far
= GBP/USD faces some consolidation near term
+ USD/CNH: Downside pressure seems to have abated
+ EUR/USD: Bullish momentum intact, 1.1100 next
+ AUD/USD bulls have the upper hand while above 0.6650
- USD/JPY takes cues from downbeat yields, slips to 134.50
- USD/CAD drops toward 1.3400 as oil prices jump
+ GBP/USD picks up bids to reverse daily losses
- EUR/USD prints first daily loss in three
- USD/CHF grinds near weekly bottom as traders brace for NFP
= AUD/USD seesaws around 0.6600 ahead of RBA
- NZD/USD remains depressed below 0.6200
+ GBP/USD sits near session tops, just below mid-1.2200s
+ USD/JPY recovers further from multi-week low, climbs to 132.00
- USD/CAD looks offered below 1.3500
- EUR/JPY holds lower ground around 158.00
- Gold keeps reds below $1,920
+ USD Index Price Analysis: Next on the upside comes 105.60
= DXY: Bears take a breather
+ EUR/USD refreshes monthly top as ECB officials keep hiking hopes alive
- USD/IDR: Rupiah buyers cheer upbeat trade data
+ USD/INR bulls regain control after RBI minutes
- GBP/JPY: Pullback from 168.00 gains traction
- EUR/USD's recovery loses steam near 1.0750
+ USD/JPY's downside appears limited - OCBC
- EUR/USD's upside appears limited - OCBC
- AUD/USD: Rallies to be sold - Westpac
+ AUD/USD: Dips should remain supported - Westpac
- NZD/USD: Rejection at 0.6270 favours sellers
= USD/TRY: Lira steady near 26.90
- EUR/GBP: Break of 0.8550 to trigger a deeper decline
= EUR/SEK: Range intact between 11.20 and 11.50
+ EUR/SEK set to rise as Riksbank nears end of hiking cycle
- USD/CAD gives back post-BoC gains
+ USD/CAD refreshes intraday high as WTI tumbles
- Pound Sterling drops as BoE signals rates have peaked
+ Pound Sterling gains as hawkish BoE bets firm
+ Australian Dollar advances on upbeat employment report
- Australian Dollar falls on weaker Chinese data
- Japanese Yen struggles near multi-decade low against US Dollar
+ Japanese Yen strengthens as verbal intervention escalates
- Japanese Yen gives up modest intraday gains
= Japanese Yen oscillates in a range ahead of Fed decision
+ Canadian Dollar finds relief as crude rebounds
- Euro extends slide as German Ifo disappoints
+ Euro gains after upbeat German ZEW
= Euro area final CPI confirmed at 5.3%
- Weak China PMIs weigh on antipodean currencies
+ Robust jobs report lifts greenback
- Dovish Fed hurts greenback
= Fed holds rates, signals two more hikes
= US existing home sales fall 2.2% in July
= S&P 500 futures print mild losses ahead of PCE
- Greenback weakens broadly as debt-ceiling deal lifts mood
+ Greenback strengthens as risk mood sours
+ USD: Still the cleanest dirty shirt - ING
- USD: Losing its shine - ING
+ EUR: Well supported into the ECB - ING
- JPY: No reason to buy yet - SocGen
- GBP: Overbought and overvalued - Nomura
- CNY: Further depreciation likely - Commerzbank
+ SGD: MAS's stance to keep the currency firm - OCBC
- THB: Politics to weigh - Mizuho
= MYR: Waiting for Bank Negara
- Yuan weakens past 7.3 as PBoC fixing misses estimates
+ Offshore yuan rallies after state banks sell dollars
- Chinese state banks seen selling dollars to slow yuan decline
- Dollar's safe-haven appeal fades
+ Yen shorts get squeezed
- Speculators turn net short on sterling
+ Investors cut bets against euro
- Asian FX under fire from surging yields
+ Asian FX gets a breather as yields retreat
+ Dollar bounces after worst week in a year
- Dollar falls after best week in a year
+ Dollar erases losses after ISM surprise
- Pound at risk if wages slow
= Pound seen at 1.27 by year-end in poll
+ Rupee ends higher for third session
- Rupee ends 12 paise lower at 82.75
- Rupee opens weaker
= Rupee opens flat at 83.10 per dollar
+ Ringgit opens higher against greenback
- Ringgit eases against greenback at close
= Ringgit likely to trade between 4.40 and 4.45 next week
- Rand slides as power cuts bite
+ Rand extends recovery after budget
- Lira loses 3% in early trade
+ Peso, best performer this year, keeps climbing
- Peso, last year's star, loses its footing
- Krona slides to weakest since 2009
+ Krona rebounds from 14-year low
- Turkey's currency hits fresh trough
+ Dollar/yen above 140 for first time since November
- Dollar/yen below 140 for first time since June
- Euro below $1.06 for first time in six months
+ Sterling tops $1.30
- Sterling back under $1.25
+ Dollar buys 150 yen, most since 1990
`;
