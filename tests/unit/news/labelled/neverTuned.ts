/**
 * Written last and never tuned on: 95 % (company), 94 % (markets) and 95 % (FX, none the opposite) right; the lexicon before the second
 * tuning 95, 88 and 75 % (11 % of the polar ones the opposite). + good, - bad, = neither.
 */
export const NEVER_TUNED_COMPANY = `
= The company's administration will move to new premises in Lahti in August.
= The frame contract is valid for two years and includes an extension option.
= The bank's new branch in Riga will have a staff of 12.
= The growth programme of the city supports start-ups in the games industry.
= Both cranes will be delivered fully assembled by ship.
= The new service makes it easier for customers to compare electricity prices.
= Etteplan's headcount was 1,680 at the end of March.
= The arbitration court is expected to give its decision next spring.
= The merged company will be called Nordic Packaging.
= The vessels are to be chartered out for five years.
+ Turnover for the year came to EUR 19.8 mn, against EUR 16.9 mn in 2007.
+ The operator gained 41,000 new subscriptions in the quarter.
+ Finnish lift maker has bagged an order for 120 escalators in Shanghai.
+ Lower pulp prices improved the tissue unit's profitability.
+ The loss shrank to EUR 0.5 mn from EUR 2.2 mn.
+ The insurer's combined ratio improved to 92.4 % from 97.1 %.
- Turnover for the year came to EUR 15.1 mn, against EUR 16.9 mn in 2007.
- The operator lost 41,000 subscriptions in the quarter.
- Quarterly earnings sank to EUR 0.11 a share from EUR 0.30.
- The board withdrew its dividend proposal because of the weakened outlook.
- The sawmill's staff will be laid off for three weeks.
- Deliveries of boilers slipped to next year, which cut net sales.
`;
export const NEVER_TUNED_MARKETS = `
= Oracle schedules fourth-quarter results call
= What the Fed minutes may say
= Bund auction: EUR 4 bln of 10-year paper on offer
= Sony names Totoki chief executive
+ $ANET beats, raises, shares +9%
+ Jefferies double-upgrades Carvana
+ Zara owner posts record first half
+ US durable goods orders climb more than forecast
+ Stocks claw back losses as banks recover
+ $UAL to the upside, calls working
- $WBA guts dividend, stock at 25-year low
- Loop downgrades Roku to hold
- Burberry sounds alarm over luxury slowdown
- UK factory output shrinks for fifth month
- Rally in small caps peters out
- $SOFI can't get out of its own way, sold
`;
export const NEVER_TUNED_FX = `
= EUR/USD: Bulls and bears in balance below 1.0900
= USD/SGD holds in familiar 1.3450-1.3520 band
= Sterling little moved by budget leaks
= RBA minutes, Australian wages on tap
= Rupee ends unchanged at 83.27
+ EUR/USD bounces from 1.0680 as sellers tire
+ USD/JPY presses higher, shorts squeezed
+ GBP/USD eyes more gains past 1.2850
+ AUD/USD: Retreat likely to stall near 0.6480
+ USD/CAD at fresh two-week tops after soft jobs data
+ USD/SGD rises as Singapore exports disappoint
+ Dollar hits two-week high against yen
+ Dollar's slide runs out of steam
+ Sterling recovers from session lows after BoE holds
+ Euro gets a lift from hawkish Lagarde
+ Yen firms past 150 per dollar
+ Singapore dollar strengthens to S$1.31 against greenback
+ Ringgit rises to highest in 14 months
+ Bearish bets on Asian currencies eased, poll shows
+ Peso trims losses as oil climbs
- EUR/USD stays heavy below 1.0800
- EUR/USD's rise meets sellers near 1.0950
- USD/JPY pulls back sharply from 151.90
- GBP/USD extends decline for third straight day
- GBP/USD: Recovery likely capped at 1.2550
- AUD/USD gives up intraday gains after Chinese CPI
- NZD/USD hits lowest since November as dairy prices fall
- USD/CHF slips below 0.8800 as dollar demand wanes
- USD/CNH eases as PBOC sets strong fixing
- Dollar on back foot ahead of payrolls
- Dollar weakens to 147.20 yen
- Dollar rally loses momentum as yields retreat
- Sterling softens as BoE's Bailey hints at cuts
- Euro retreats as inflation slows more than expected
- Yen tumbles after BOJ leaves policy loose
- Singapore dollar slips after MAS flattens slope
- Rupiah drops past 16,000 per dollar
- Baht pressured by gold imports
- Canadian dollar dips as CPI misses forecasts
- Sell-off in yen resumes
`;
