import { COMMODITY, type Entry } from "../effect.ts";
import { metric, nouns, words } from "../entries.ts";

/** What moves: +1 where more of it is good for whom the text is about, -1 where it is bad, 0 where it says nothing. */
export const metricsEntries = (): readonly Entry[] => [
  // More is good.
  ...nouns(
    `sale, net sale, revenue, turnover, income, net income, operating income, interest income, fee income, net interest income, top line,
       bottom line, takings, receipt, billing, gross merchandise value, same store sale, comparable sale, like for like sale,
       organic growth, shipment, delivery, booking, new order, order intake, order, order book, order backlog, backlog, order flow`,
    metric(1),
  ),
  ...nouns(
    `profit, net profit, operating profit, pretax profit, pre tax profit, gross profit, underlying profit, operating result, net result,
       margin, operating margin, profit margin, gross margin, refining margin, return, dividend, payout, capital ratio,
       core capital ratio, solvency ratio, cash flow, free cash flow, cash position, operating cash flow`,
    metric(1),
  ),
  ...words(
    `earnings, (earnings|profit|dividend|income) per share, return on (equity|capital|investment|assets), share of the market,
       assets under management, AUM, equity ratio, EBIT, EBITDA, EPS, ebit, ebitda, eps, EBITA, EBT, funds from operations, FFO,
       (profit|earnings|income) (before|after) (tax|taxes), earnings before interest, earnings before interest and (tax|taxes),
       earnings before interest (tax|taxes), loss of income, result before (tax|taxes), profit for the (period|quarter|year),
       result for the (period|quarter|year), ROE, ROI, ROCE, NAV, net asset value, shareholder value, liquidity, savings, cost savings,
       synergies, cost synergies, profitability, productivity, efficiency, cost efficiency, competitiveness, quality,
       customer satisfaction, utilisation, utilization, utilisation rate, utilization rate, capacity utilisation, occupancy,
       occupancy rate, load factor, passenger load factor`,
    metric(1),
  ),
  ...nouns(
    `share price, stock price, share, stock, equity price, stock market, equity market, bourse, market, benchmark, index, blue chip,
       future, stock index future, ADR, unit price, valuation, market value, market cap, market capitalisation, market capitalization,
       rating, credit rating, price target, target price, target, guidance, outlook, forecast, estimate, projection, expectation, view,
       prospect`,
    metric(1),
  ),
  ...words(
    `PT, pt, equities, Dow, Nasdaq, NASDAQ, S&P 500, S&P, FTSE, FTSE 100, Nikkei, DAX, CAC, Hang Seng, STI, Straits Times Index, Kospi,
       Sensex, Nifty, ASX, TSX, Euro Stoxx, Stoxx, STOXX 600, Wall Street, wall street, dow, nasdaq, OMX, Topix, Shanghai Composite,
       Russell 2000, Russell, bitcoin, Bitcoin, ether, Ethereum, crypto, BTC, ETH`,
    metric(1),
  ),
  ...nouns(
    `customer, subscriber, user, active user, client, visitor, passenger, tourist arrival, visitor arrival, viewer, download, membership,
       market share, deposit, inflow, premium income, volume, passenger volume, sales volume, export volume, freight volume, cargo volume,
       unit sale, trading volume, traffic, footfall, store traffic, advertising sale, output, production, capacity, production capacity,
       yield per hectare, throughput`,
    metric(1),
  ),
  ...nouns(
    `GDP, gdp, economy, growth, economic growth, economic activity, factory activity, business activity, manufacturing activity,
       services activity, factory output, industrial output, industrial production, manufacturing output, export, factory order,
       durable goods order, retail sale, consumer spending, household spending, business spending, capital spending, consumption,
       housing start, building permit, home sale, house sale, home price, house price, property price, construction, employment, hiring,
       job opening, payroll, nonfarm payroll, job growth, wage, salary, pay, real wage, wage growth, trade surplus, surplus,
       current account surplus, budget surplus, foreign reserve, reserve, manufacturing, services sector, service sector, sector,
       private sector`,
    metric(1),
  ),
  ...words(
    `PMI, ISM, NODX, pmi, nodx, jobs, headcount, workforce, jobs growth, demand, consumer confidence, business confidence,
       investor confidence, confidence, sentiment, consumer sentiment, business sentiment, morale, risk appetite, appetite, optimism,
       momentum, hopes, hope, interest in, popularity, bets on growth, investment, investments, lending, loan growth, credit growth,
       tourism, employment rate, participation rate, trade, trade volumes`,
    metric(1),
  ),
  // More is bad.
  ...nouns("net loss, operating loss, pretax loss, pre tax loss, loss", metric(-1, -0.75)),
  ...words("loss per share, loss before (tax|taxes), loss for the (period|quarter|year)", metric(-1, -0.8)),
  ...nouns(
    `loan loss, credit loss, loan loss provision, bad loan, non performing loan, nonperforming loan, provision, bad debt, impairment,
       impairment charge, impairment loss, write down, writedown, write off, writeoff, restructuring charge, restructuring cost,
       one off charge, penalty, delinquency, default, default rate, foreclosure, insolvency, bankruptcy, corporate failure, shortfall,
       overrun, cost overrun, redundancy`,
    metric(-1, -0.65),
  ),
  ...nouns(
    `cost, operating cost, unit cost, raw material cost, raw material price, input price, input cost, labour cost, labor cost,
       energy cost, fuel cost, fuel price, production cost, fixed cost, interest cost, interest expense, funding cost, borrowing cost,
       expense, operating expense, overhead, expenditure, outlay, debt, net debt, debt burden, debt level, gearing, leverage,
       indebtedness, liability, tax, tax burden, duty, import duty, tariff, levy, bill, energy bill, stockpile, vacancy, vacancy rate,
       lead time, processing time, delivery time, energy consumption, energy use, power use, fuel use, water use, fuel consumption,
       power consumption, emission, carbon emission, churn, outflow, complaint, accident, damage claim, storm claim, claim, competition`,
    metric(-1),
  ),
  ...nouns(
    "jobless claim, unemployment claim, initial claim, continuing claim, unemployment rate, jobless rate, initial jobless claim",
    metric(-1, -0.15),
  ),
  ...words(
    `unemployment, joblessness, inflation, core inflation, headline inflation, consumer inflation, price inflation, food price inflation,
       wage inflation, inflation rate, inflation expectations, CPI, cpi, core CPI, PCE, core PCE, PPI, RPI, HICP, consumer prices, consumer price index, producer prices,
       price growth, price pressure, price pressures, inflationary pressures, inflationary pressure, inflation pressures, cost of living,
       cost pressures, food prices, rents, poverty, mortgage rates, mortgage rate`,
    metric(-1),
  ),
  ...nouns(
    `deficit, trade deficit, budget deficit, current account deficit, fiscal deficit, trade gap, shortage, delay, bottleneck,
       backlog of work, arrear`,
    metric(-1, -0.4),
  ),
  ...nouns(
    `fear, concern, worry, anxiety, jitter, tension, risk, threat, uncertainty, geopolitical tension, trade tension, recession fear,
       default risk, nerve, doubt, headwind, strain, stress, unrest, volatility, downside risk, selling pressure, pressure, infection,
       coronavirus case, new case, death, fatality, bond yield, treasury yield, credit spread, bond spread, CDS spread, risk premium,
       premium for risk`,
    metric(-1, -0.3),
  ),
  ...words("VIX, short interest, yields, gilt yields, bund yields, spreads, funding stress, dividend cuts", metric(-0.6)),
  // Commodities are what a text about them is about.
  ...words(
    `oil, crude, crude oil, oil price, oil prices, crude prices, brent, Brent, WTI, US crude, gold, gold price, gold prices, silver,
       platinum, palladium, copper, copper prices, iron ore, aluminium, aluminum, nickel, zinc, tin, lead prices, natural gas, nat gas,
       gas prices, gasoline, coal, wheat, corn, soybeans, cocoa, coffee, sugar, cotton, palm oil, rubber, steel, steel prices, lumber,
       bullion, XAU, commodity prices, commodities, metals, base metals, grain prices`,
    metric(1, 0, COMMODITY),
  ),
  // Says nothing: who owns how much, how many there are, policy rates.
  ...words(
    `stake, stakes, holding, holdings, ownership, shareholding, shareholdings, voting rights, share capital, nominal value,
       number of shares, shares outstanding, number of employees, number of personnel, interest rate, interest rates, rate, rates,
       policy rate, repo rate, base rate, cash rate, key rate, benchmark rate, borrowing rate, lending rate, tax rate,
       reserve requirement, imports, import, inventories, inventory, stocks of, temperature, temperatures, population, age, floor area,
       bid price, offer price, share of votes, votes, share issue, rights issue, board seats,
       number of board members, limit, speed, scope, size of the board, retirement age, quota, quotas, curbs, restrictions,
       subscription price, subscription period, conversion price`,
    metric(0),
  ),
  ...words("bond, bonds, bond prices, treasuries, Treasuries, gilts, bunds", metric(0.7)),
  ...words("growth, growth potential, sales growth, revenue growth, profit growth, earnings growth, economic growth", metric(1, 0.3)),
  ...words("(vessel|property|asset|) sales gain, gain on sale, gain from the sale, gains on sale, sales gains", metric(0)),
  ...words("capital, funds, money, financing, funding, cash, fund", metric(0.3)),
  ...words(
    "price, prices, selling price, selling prices, average selling price, average selling prices, rent, premiums, fees",
    metric(0.7),
  ),
];
