/** Headlines of foreign exchange, written for this project and labelled by their author: + stronger, - weaker, = neither, for the currency or pair each is about. */
export const FX = `
+ Dollar strengthens against the yen after strong payrolls
- Dollar slips as traders bet on Fed rate cuts
= Dollar steady ahead of CPI
+ USD/SGD climbs above 1.35 on broad dollar strength
- USD/SGD falls to three-month low as MAS tightens
= USD/SGD seen trading in 1.3450-1.3550 range
+ Yen rallies as intervention fears grow
- Yen sinks to 34-year low
= Yen holds near 150 as traders await BOJ
- Sterling tumbles after weak GDP
+ Pound hits one-year high as BoE stays hawkish
= GBP/USD consolidates near 1.2500
+ EUR/USD rebounds from lows as dollar retreats
- EUR/USD remains under pressure below 1.0700
= EUR/USD: options expire at 1.0850 today
+ Aussie gains on hawkish RBA
- Aussie drops as iron ore slides
+ Singapore dollar firms after MAS steepens slope of policy band
- Singapore dollar weakens to 1.36 per US dollar
= Singapore dollar little changed in quiet trade
- MAS eases policy, Singdollar falls
+ Kiwi jumps after RBNZ delivers larger hike
- Kiwi plunges as RBNZ signals cuts
+ Dollar index extends gains
- Dollar index extends losses for a fourth session
- Greenback on the defensive before payrolls
+ Loonie rises with oil
- Loonie slides as crude tumbles
= BoC leaves rates on hold
+ AUD/USD climbs as US dollar weakens
- AUD/USD pares gains on risk-off mood
+ AUD/USD Price Analysis: Bulls take control above 0.6700
- AUD/USD Price Analysis: Bears eye 0.6400
= USD/JPY Price Analysis: Trapped between key averages
+ USD/JPY breaks above 145.00, next stop 147
- USD/JPY breaks below 140.00
- GBP/USD fails to hold above 1.30
+ GBP/USD to extend gains, says UOB
= GBP/USD likely to trade sideways: UOB
- EUR/GBP: Upside limited - ING
+ Yuan strengthens as PBOC sets firmer fixing
- Yuan hits 16-year low against dollar
= PBOC sets yuan mid-point at 7.1150
- Rupee hits record low, RBI likely intervened
+ Ringgit advances to best level in two years
- Lira crashes 15% after rate cut
+ Swiss franc surges on safe-haven demand
- Euro slips as German output contracts
+ Euro gains as ECB officials push back on cuts
= Euro zone finance ministers meet in Brussels
+ Baht leads Asian currencies higher
- Asian currencies retreat as dollar regains footing
- Won under strain despite strong exports
+ Dollar shrugs off weak data to end higher
- Dollar gives up early gains
+ Peso recovers from Friday's slump
- Peso slumps on tariff threat
= FX option expiries for Wednesday NY cut
= Fed minutes due later on Wednesday
- Dollar set for worst month since November
+ Dollar heads for biggest weekly gain in a year
- USD/CAD drifts lower toward 1.3400
+ USD/CHF edges higher, looks to 0.9100
+ NZD/USD finds support and bounces
- NZD/USD rejected at 0.6200
= Forex today: focus turns to US inflation
- Fed cut bets weigh on the dollar
+ Hot CPI boosts dollar
+ Dollar supported by rising yields
- Sterling no longer a buy, says bank
+ Bank upgrades yen forecast, sees rally to 130
- Bank lowers euro forecast
= EUR/USD could go either way, analysts say
- Yen weakness persists even as BOJ hikes
+ Dollar steadies, then rises as stocks slide
`;
