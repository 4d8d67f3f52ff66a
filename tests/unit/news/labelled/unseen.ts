/** Written after the main tuning, to see whether the lexicon had merely learnt the other files. + good, - bad, = neither. */
export const UNSEEN = `
+ Elevator maker's third-quarter operating income advanced 9 % to EUR 211 mn .
- Publisher's advertising revenue contracted by 14 % in the period .
= The group's product portfolio consists of wood-based panels and laminates .
= Mr Laine will succeed Ms Salo as managing director at the start of next year .
+ Thanks to the order, the yard's employment is secured until 2014 .
- A fall in prices of pulp dragged the segment's result below zero .
= The arrangement requires the consent of bondholders .
+ Both the top line and profitability developed better than we had anticipated .
- Stock lost a tenth of its value after the interim report .
= The consideration is payable in two instalments .
= The company intends to list its shares in Stockholm .
+ The firm's gearing improved to 31 % from 48 % .
- The firm's equity ratio sank to 22 % from 35 % .
= A total of 17 companies took part in the survey .
- The supplier had to let go of 60 people in Salo .
+ The new terminal will shorten waiting times and cut operating costs .
= The device weighs 130 grams and fits in a pocket .
- Because of the mild winter, heating sales stayed clearly under the normal level .
+ First-half earnings were lifted by brisk sales of boats .
= The seller is a fund managed by a Swedish private equity house .
- Turnover shrank , and the company slipped into the red .
+ Budget carrier flies past profit forecast
- Chip designer sinks on gloomy forecast
= Brewer to spin off bottling arm
- Regulators circle crypto exchange
+ Investors cheer bank's turnaround
- Sportswear brand hit by inventory glut
+ Homebuilders rally as mortgage rates dip
- Pharma group ditches Alzheimer's drug
+ UK escapes recession as services grow
- German industry orders plummet
= Treasury names five banks to run bond sale
- Factory closures weigh on Midlands economy
+ Korean exports post sharpest rise in two years
- Credit card delinquencies climb to highest since 2011
= Five things to know about the stock split
+ Rail operator averts strike with last-minute pay offer
- Insurer swamped by flood claims
+ Dividend bonanza for oil investors
- Vaccine maker trims revenue outlook on weak demand
= $ORCL - Oracle to webcast investor day
- $DOCU craters after guide-down
+ $LULU raises outlook, shares pop
+ Evercore lifts $META target to $400
- $SPCE ticked lower, looks like a bull trap
= $DAL: Delta names new CFO
- Moffett cuts $DISH to Sell
+ $SQ reclaiming 50dma, nice volume
- Crude tanks on glut worries
+ Emerging stocks notch best month since January
= Fed's Bullard due to speak later today
- Travel names under water again as virus spreads
+ Pound perks up after retail sales surprise
- Pound wilts as wage growth cools
= Pound treads water before budget
+ EUR/USD grinds higher towards 1.11
- EUR/USD retreats from 1.11 as greenback firms
- USD/JPY extends its pullback from 152
+ USD/SGD nudges up in Asian trade
= USD/SGD: neutral phase, 1.3380-1.3440
- Yuan skids to weakest in a decade
+ Singdollar climbs to nine-year peak versus greenback
- Ringgit stumbles as crude sinks
- Franc loses altitude as SNB eases
+ Aussie gallops to five-month top
- Korean won wobbles on martial law shock
= ECB's Nagel to hold press conference
`;
