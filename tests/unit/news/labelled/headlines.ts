/** Headlines of business and macro news, written for this project and labelled by their author: + good, - bad, = neither, for what each is about. */
export const HEADLINES = `
+ Chipmaker beats profit estimates on data-centre demand
- Retailer's shares plunge after profit warning
= Energy giant to report quarterly results on Thursday
+ Insurer raises full-year guidance as claims fall
- Regulator opens probe into lender's accounting
= What to watch in markets this week
+ Drugmaker wins approval for diabetes pill
- Airline to axe 2,000 jobs amid slump in bookings
= Miner names former banker as finance chief
+ US jobless claims fall to lowest in five months
- US unemployment rate climbs to 4.6%
= Automaker, battery firm in talks over joint venture
+ Supermarket's sales growth accelerates over Christmas
- Bank fined $200 million over money-laundering failings
= Central bank leaves rates unchanged, as expected
+ Oil jumps as inventories drop more than expected
- China's factory activity contracts for a fourth month
= Pension fund reshuffles its board
+ Euro zone inflation cools to 2%, easing pressure on households
- Consumer confidence sinks to decade low
= Luxury group sells watch unit for 1.2 bln euros
+ Tech rally lifts Wall Street to record close
- Tech shares tumble as bond yields spike
= Explainer: how the new merger rules work
+ Housebuilder lifts dividend after bumper year
- Miner slashes dividend as iron ore slides
= Factbox: biggest shareholders in the carmaker
+ Biotech soars on trial success
- Drugmaker halts late-stage trial after safety concerns
= Tesco chief to speak at retail conference
+ Trade deal averts tariff hike on car exports
- Tariff threat clouds outlook for exporters
= Stocks little changed ahead of jobs data
+ German exports rebound more strongly than forecast
- British retail sales unexpectedly fall in March
= Fund manager cuts stake in brewer to 4.9 percent
+ Lender swings to profit as bad loans decline
- Steelmaker swings to loss on weak prices
= FTSE 100 flat as miners offset banks
+ Rating agency upgrades Portugal to A
- Moody's cuts France's outlook to negative
= Software firm to move headquarters to Austin
+ Shares in brewer hit all-time high after takeover bid
- Builder files for bankruptcy, owes creditors $90 million
= Can the carmaker meet its 2030 target?
+ Singapore's economy expands 4.4%, beating forecasts
- Singapore's non-oil exports slump 11% in May
= Singapore to review electricity tariffs in July
+ Semiconductor sales recover from last year's slump
- Despite record sales, margins disappoint investors
+ Despite weak demand, profit tops expectations
- Sales rise but profit falls on higher wages
+ Shares rise even as quarterly loss widens
- Debt-laden developer misses coupon payment, default looms
= Board approves plan to change company name
+ Unions call off strike after pay deal
- Thousands stranded as pilots strike
- Recession fears grow as yield curve inverts
+ Jobs growth surprises on the upside
- Gold slips as traders take profits
+ Copper climbs on supply worries
= Oil steady as traders await OPEC meeting
- Cyber attack forces retailer to suspend online orders
+ Activist investor backs turnaround plan
- Whistleblower accuses carmaker of hiding defects
+ Court throws out lawsuit against drugmaker
- Judge rejects bank's appeal in rate-rigging case
= Airlines ask regulator for more slots
- Inflation hits 40-year high, squeezing consumers
+ Food price inflation slows to lowest since 2021
- No end in sight to supply chain woes
+ Fears of banking crisis ease as deposits stabilise
- Private equity bidder walks away from takeover talks
= Report: merger talks at an early stage
- Vaccine maker cuts sales forecast, again
+ Streaming service adds more subscribers than expected
- Streaming service loses subscribers for the first time
`;
