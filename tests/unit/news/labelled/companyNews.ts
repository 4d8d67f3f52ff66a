/**
 * Sentences in the manner of Nordic company news, written before the second tuning and labelled by their author: + good, - bad, = neither, for an
 * owner of the company's shares.
 */
export const COMPANY_NEWS = `
+ Net sales of the division were EUR 70.0 mn in 2010, up from EUR 54.9 mn.
+ The engineering group posted an operating profit of EUR 5.9 mn in January-March 2010, compared with EUR 5.3 mn in the first quarter of 2009.
- Operating profit fell to EUR 35.4 mn from EUR 68.8 mn in 2007, including vessel sales gains of EUR 12.3 mn.
+ Finnish retailer said that its loss for the period narrowed to EUR 1.1 mn from EUR 3.8 mn a year ago.
+ The steel group swung to a pre-tax profit of EUR 6.1 mn from a loss of EUR 24.0 mn in the second quarter of 2009.
- The net result for the period was EUR -2.6 mn, compared with a profit of EUR 1.9 mn in 2008.
- Net loss amounted to EUR 3.6 mn, as against a net profit of EUR 0.8 mn in the corresponding period.
+ Earnings per share were EUR 0.58, compared with EUR 0.41 in 2006.
- Diluted EPS was EUR 0.21 as compared with EUR 0.35 a year earlier.
+ Net sales and operating profit rose to EUR 312.4 mn and EUR 28.8 mn, respectively, from EUR 290.1 mn and EUR 21.2 mn.
- Sales and gross margin came in at SEK 1.2 bn and 31 %, respectively, down from SEK 1.4 bn and 35 %.
= Nordea holds 4.8 % and Ilmarinen 3.1 % of the voting rights, respectively.
= The company had net sales of EUR 1.2 bn and approximately 6,300 employees in 2008.
= The group's net sales in 2009 amounted to EUR 245 mn.
= Operating profit totalled EUR 17.1 mn, unchanged from the previous year.
+ The operating margin came down to 2.4 % from 5.7 %, but order intake grew by 41 % and exceeded all earlier quarters.
- The operating margin came down to 2.4 % from 5.7 %.
- Comparable net sales were 8 % lower than in the previous year.
- Passenger traffic was down by 11 % and cargo volumes by 18 % from the year before.
+ Mobile subscriptions grew by 6 percentage points to 71 % of households.
- The share of the Finnish market dropped by 1.3 percentage points to 22.9 %.
+ The company's market share in chilled ready meals rose to 38 %.
= The parties signed a letter of intent in June.
= Under the contract signed today, the supplier will deliver two paper machine rebuilds to a mill in Brazil.
= The frame agreement covers deliveries of radio modules until 2013.
= The contract also includes an option for further deliveries.
+ Elevator maker has received an order for 64 lifts for a hospital project in Istanbul worth EUR 9 million.
+ Ship engine maker won a contract from a South Korean yard to supply power plants valued at EUR 60 mn.
+ The order is the largest in the company's history.
= Delivery of the machines is scheduled for the autumn of 2011.
= The value of the order is not disclosed.
= It supplies automation systems to the pulp and paper industry.
= Ms Hannele Korhonen has been appointed Senior Vice President, Human Resources, effective 1 March.
= The board has decided to appoint Jukka Niemi as deputy managing director.
= Mr Salminen will leave the company to pursue other interests.
= The new organisation will be effective as of 1 January 2012.
= The company has agreed to sell its logistics property in Vantaa to a Swedish fund.
= Fiskars will divest its stake in the boat business.
= The transaction price is EUR 14 mn, and the closing is expected in May.
= The acquired company had a turnover of around EUR 5 mn last year and 40 employees.
= It has granted the option to buy the remaining 49 % of the shares.
+ The acquisition strengthens the group's offering in maintenance and gives it a foothold in Norway.
+ The company expects its net sales to grow by 15-20 % in 2011 and profitability to improve clearly.
- The company expects its net sales and operating result for 2009 to be clearly lower than in 2008.
- It lowered its full-year guidance because of postponed deliveries.
= The company reiterates its full-year outlook.
= The outlook for 2010 remains unchanged.
- The market situation is expected to remain difficult in the second half.
+ Demand picked up towards the end of the year and the order book is now 30 % higher than a year ago.
- Order intake plummeted by 56 % as customers put investments on hold.
- The paper maker will shut down two machines in Imatra, which affects 220 jobs.
- The negotiations concern 340 employees, and temporary layoffs of at most 90 days are planned.
- The tyre company issued its second profit warning in three months.
= The company employs 1,850 people, of whom 600 work outside Finland.
= The personnel negotiations were completed on Friday.
+ The dividend proposed is EUR 0.90 per share, up from EUR 0.60.
= The dividend will be paid on 7 April to shareholders registered on the record date.
- The board proposes that no dividend be paid for 2009.
+ Shares in the company rose by 4.2 % to EUR 11.65 on heavy turnover.
- The share closed 3.1 % lower at EUR 7.80.
= The share closed at EUR 15.20 on Thursday.
= At 12:40 the OMX Helsinki index was at 6,480 points, practically flat.
- The OMX Helsinki 25 ended the day 1.4 % down at 2,390.
+ The rate of delinquent loans declined and net interest income increased by 9 %.
- Net interest income dropped 14 % to EUR 92 mn as rates hit lows.
+ Cost savings of EUR 20 mn were achieved ahead of schedule.
= Investments in the new line total about EUR 30 mn.
= The project will create a terminal of 25,000 square metres in the port of Kotka.
+ Thanks to the new technology, energy consumption is cut by a fifth.
= The service lets users share photos and location with friends.
= The phone has a 3.2-inch touch screen and a five-megapixel camera.
= In Sweden the company has a network of 60 shops.
= According to the chief executive, the group is looking for acquisitions in Central Europe.
= He said the decision had nothing to do with the financial crisis.
- The insurer said claims from the storm would burden its third-quarter result.
- Finnair was forced to cancel 80 flights because of the walkout.
+ The strike was called off after the parties reached agreement late on Sunday.
- The court ordered the company to pay damages of EUR 4.5 mn.
+ The court dismissed the claims against the company.
= The court will hear the case in September.
- The company is accused of having taken part in a cartel between 1994 and 2002.
- Costs of the plant project have exceeded the budget by EUR 100 mn.
- Raw material prices increased and could not be passed on to customers in full.
+ Prices of softwood pulp rose, which lifted the mill's result.
= Metso's fourth-quarter report will be published on 5 February.
= The number of registered shares after the increase is 31,200,450.
= As a result of the share issue, the holding exceeded one-tenth of the share capital.
= The merger does not require the approval of the authorities.
= The bonds have a maturity of five years and a coupon of 4.75 %.
+ The rating agency raised the outlook of the bank to stable from negative.
- The company said it had not reached its targets in the Russian market.
+ The result exceeded our expectations, the managing director commented.
+ The group returned to profit after three quarters in the red.
- The result includes EUR 7.2 mn of write-downs.
- Excluding non-recurring items, operating profit decreased to EUR 11.2 mn from EUR 14.9 mn.
+ Excluding one-off items, EBIT increased by 22 % to EUR 8.3 mn.
= The non-recurring items amounted to EUR 2 mn.
- Turnover dropped by a quarter to SEK 680 mn.
+ Turnover was SEK 680 mn, an increase of a quarter.
+ Revenue in July-September climbed 16.2 pct y-o-y to EUR 105.8 mn.
- Revenue was EUR 88.4 mn (94.1 mn).
+ Cash flow from operating activities was EUR 12.4 mn (EUR 3.3 mn).
+ The return on invested capital rose to 14.1 % from 9.9 %.
- Gearing climbed to 113 % from 72 %.
+ The company will hire 150 engineers for its new R&D centre.
= The building permit was granted in 2008.
+ The operator was voted the most valued brand in its sector.
= Tallink carried 642,000 passengers in May.
+ Tallink carried 642,000 passengers in May, 9 % more than a year earlier.
- In January-May, exports of machinery were 27 % smaller than in the same months of the year before.
= Alma Media's advertising sales account for half of its revenue.
- The company no longer believes that it can reach its full-year targets.
+ The company is no longer dependent on bank financing.
= The solution includes functions for invoicing, customer care and payments.
= It is one of the leading suppliers of filtration systems in the world.
= The innovative interface makes it easy to find content quickly.
= The company, which has grown strongly in recent years, has its headquarters in Espoo.
= The fund invests in fast-growing technology companies in the Nordic countries.
+ With the new line the mill will be able to meet the growing demand for packaging board.
+ The agreement will strengthen the company's position as a supplier to wind power plants.
+ The expansion will double the plant's annual capacity to 80,000 tonnes.
= The capacity of the plant is 80,000 tonnes a year.
+ The company plans to open four new stores in St Petersburg this year to meet rising demand.
= The new store has a sales area of 2,400 square metres.
= The shopping centre will have 90 shops and parking for 1,300 cars.
- The share of exports in net sales decreased.
+ The share of services in net sales increased to 41 %.
= The shares represent 5.9 % of the share capital.
= Following the increase the share capital is EUR 12,400,000.
= The subscription price is EUR 3.10 per share.
= The option scheme is part of the incentive programme of key employees.
= The offer values the company at EUR 340 mn.
+ The offer is 28 % above the closing price of the previous day.
+ Broker raised the share to buy from hold.
- Broker cut its recommendation to reduce from accumulate.
= Danske's analyst keeps a hold recommendation on the share.
- Analysts had expected a profit of EUR 18 mn.
+ Analysts had expected a loss of EUR 18 mn, but the company made a small profit.
- The EUR 4.1 mn profit missed the EUR 6.0 mn forecast by analysts.
+ Operating profit of EUR 41.2 mn topped the average analyst estimate of EUR 36.4 mn.
+ Pretax profit totalled EUR 80.8 mn, compared to a loss of EUR 13.1 mn in the first half of 2009.
+ For the last quarter of 2010, net sales doubled to EUR131m from EUR66m for the same period a year earlier, while the pre-tax result moved to zero from a loss of EUR7m.
- Net sales fell 33 % to EUR130.8m, and the operating profit turned into a loss of EUR1.4m.
- In 2009 the company made a loss of EUR 11 mn on sales of EUR 150 mn.
+ In the third quarter of 2010 net sales were EUR 49.8 mn, 11 % up on the comparison period.
- Third-quarter net sales were EUR 40.1 mn, 18 % down on the comparison period.
+ Beer sales in Lithuania jumped by 6.9 per cent to 2.5 million litres in April.
- Beer sales fell by 6.5 per cent to 4.2 million litres, the brewers' association said.
= Beer sales in April totalled 2.5 million litres.
+ Sales in the Baltic countries grew by more than a third, while in Finland they stayed at last year's level.
- Sales in the Baltic countries fell by more than a third, while in Finland they stayed at last year's level.
+ Profit before taxes amounted to EUR 56.5 mn, up from EUR 51.9 mn a year ago.
+ Interest income grew while loan losses decreased.
+ Fixed costs shrank by 12 % from the third quarter of 2008.
- Fixed costs grew by 12 % from the third quarter of 2008.
- The rise in wages and energy prices pushed up production costs.
= The wage increase is 2.5 % a year.
= A conciliator was named for the paper industry dispute.
- Dock workers' strike halted container traffic at all ports.
= The company and the union will continue talks on Monday.
+ The company does not see a need for further layoffs.
- Some 60 jobs will disappear as the office in Turku closes.
+ The factory will recall 90 laid-off workers in August.
+ The new ferry has been well received by customers.
= The vessel will be delivered in spring 2013.
+ The shipyard has gained an order for two cruise ships.
+ Technology company has been chosen as the main supplier of the new metro line.
+ The deal is worth EUR 45 mn and is the company's first in India.
= The agreement is valid until the end of 2014 with an option of two years.
= The cooperation covers research, product development and marketing.
= The joint venture will be owned equally by the partners.
+ Joint venture gives the company access to the growing Chinese market.
- The joint venture has made losses since its start.
= The company was founded in 1971 and is family owned.
+ The family-owned company has increased its turnover every year since 2001.
= Its shares are quoted on the main list of the Helsinki exchange.
= The shares will be delisted after the redemption.
= An extraordinary general meeting elected three new members to the board.
= The auditor is KPMG.
= Press conference in English begins at 11 am.
= Further information is available from the investor relations manager.
= The company intends to use the funds for general corporate purposes.
+ Financing of the project is secured.
- Financing of the project is still open, and construction is at a standstill.
- The bank refused further credit, and the company applied for corporate restructuring.
= The debt restructuring programme will be presented to creditors in June.
- The customer has filed for bankruptcy and owes the company EUR 2.1 mn.
- The company had to write off its receivables from the bankrupt customer.
+ The disposal generates a capital gain of EUR 9 mn.
= The disposal has no material effect on the result.
+ The divestment improves the group's financial position.
+ Net debt fell to EUR 120 mn from EUR 174 mn.
- Net debt rose to EUR 174 mn.
+ Inventories decreased and working capital was released.
= The equity ratio was 41.2 %.
+ The equity ratio was 41.2 % (36.9 %).
- The order book stood at EUR 96 mn, compared with EUR 121 mn at the turn of the year.
= The order book stood at EUR 96 mn.
+ Visits to the portal grew 24 % year on year.
+ The number of customers exceeded one million in May.
- The number of visitors fell short of the goal.
= The website has some 800,000 visitors a week.
- Falling newsprint prices ate into margins.
- Weak US dollar depressed export revenues.
+ The weaker euro supported exports.
= Most of the company's sales are in US dollars.
- Customers have become more cautious in their purchases.
+ The chief executive believes that the worst is over.
- The chief executive said that the turn for the better was not yet visible.
= It is too early to say how the year will develop, the chief executive said.
= The company publishes business magazines and a daily newspaper.
`;
