/** Sentences in the manner of company releases, written for this project and labelled by their author: + good, - bad, = neither, for the company. */
export const FILINGS = `
= The company employs about 4,200 people in eleven countries and had net sales of EUR 610 million in 2009.
+ Operating profit rose to EUR 14.2 mn from EUR 9.8 mn in the corresponding period of 2008.
= The annual general meeting will be held in Helsinki on 24 March 2011 at 2 pm.
- Net sales decreased to EUR 88.1 mn from EUR 104.6 mn in the first quarter of 2009.
= The value of the transaction was not disclosed.
+ The company's net profit for the third quarter more than doubled to SEK 212 million.
= The new plant will be located in the Tampere region and is scheduled to start operations in 2013.
- The group's operating loss widened to EUR 6.3 mn compared with a loss of EUR 2.1 mn a year earlier.
= Under the agreement, the supplier will deliver paper machines to two mills in China.
+ We are pleased with the result: all business areas improved their profitability.
= Following the sale, its holding in the company fell to 4.86 percent of shares and voting rights.
- The company will lay off 130 employees and close its factory in Pori.
= The Board of Directors proposes a dividend of EUR 0.40 per share for the financial year.
+ Diluted earnings per share rose to EUR 0.61 versus EUR 0.44 in the corresponding quarter.
= The system covers the entire production process from raw material handling to packaging.
- Profit before taxes was EUR 4.0 mn, down from EUR 4.9 mn.
= Mr Virtanen previously worked as head of corporate sales at a forest machinery maker.
+ The bank's loan losses fell clearly and its core capital ratio strengthened.
= The share capital was increased by EUR 1,250 through subscriptions with option rights.
- Weak demand in the construction market continued to weigh on order intake.
= The shares will be traded on the exchange as of 3 May 2010.
+ The company has won an order worth EUR 23 million to deliver elevators to a metro line in Delhi.
= No financial details of the deal were released.
- Finnish shipping company recorded a pre-tax loss of EUR 1.7 mn, versus a profit of EUR 3.2 mn in 2007.
= The contract covers installation, training and start-up.
+ Market share of the group's beer brands increased in all Baltic countries.
= It will report its January-June results on 5 August 2010.
- The Company now estimates that its net sales in 2009 will remain below the level of 2008.
= The building will have a total floor space of 12,000 square metres.
+ The efficiency programme is expected to bring annual savings of about EUR 15 million.
= Honka has offices in Moscow, St Petersburg and Kiev.
- Passenger volumes decreased by 7.4 percent in June from the year before.
= The number of shares in the company is 23,400,000.
+ Thanks to lower raw material costs, margins improved markedly in the second half.
= The parties have agreed not to disclose the price.
- Cash flow from operations turned negative at EUR -3.1 mn.
= The company designs, manufactures and markets high-quality interior products.
+ Net sales for the financial year are expected to grow by more than 10 % and operating margin to improve.
= The option rights are to be distributed to key personnel of the group.
- Higher fuel prices and tougher competition ate into the airline's earnings.
= The deal is subject to approval by the competition authorities.
+ Order backlog stood at a record EUR 1.4 bn at the end of the period.
= The board authorised the acquisition of up to 500,000 of its own shares.
- The company said that it would cut its workforce as demand had dried up.
= Both companies will continue to operate under their own names.
+ Swedish telecom operator returned to profit in the first quarter after two loss-making years.
= Its customers include publishers, printing houses and advertising agencies.
- The impairment of goodwill weakened the result by EUR 20 mn.
= The maximum number of new shares to be offered is 5.4 million.
+ Comparable operating profit totalled EUR 4.7 mn, up from EUR 2.3 mn in the corresponding period, representing 8.9 % of net sales.
= The change will be registered in the trade register on 11 June.
- Competitive pressure drove average selling prices lower, and EBIT fell short of our target.
= Financial terms were not given.
+ The new line will raise capacity by a third and reduce energy consumption.
= The company has no plans to change its strategy.
- Earnings per share dropped to EUR 0.12 from EUR 0.29.
= The unit provides maintenance services to power plants and process industry.
+ The strong cash position enables us to raise the dividend to EUR 1.10 per share.
= Sales in Finland accounted for 44 percent of the total.
- The result was burdened by restructuring costs of EUR 8 million.
= The mill produces 320,000 tonnes of coated paper annually.
+ Consolidated turnover increased 16 % to reach EUR 59.6 million, while operating expenses declined.
= The fair value of the properties was EUR 380 million at year-end.
- Lower than expected sales in Russia forced the retailer to revise its full-year guidance downwards.
= He will take up the position on 1 September and report to the CEO.
+ The company strengthened its position as the leading supplier of mobile games in Europe.
= The final price will be determined at closing.
- The tax authority demanded EUR 9 million in additional taxes and penalties.
= Operations are divided into three segments: retail, wholesale and logistics.
+ The pilot cut processing time in half, resulting in considerable cost savings for the customer.
= According to the company, the reorganisation has no effect on its guidance.
- Profitability was hurt by project cost overruns and delays in deliveries.
= Operating profit was EUR 7.4 mn, at the level of the previous year.
+ The city council chose the group as preferred bidder for the tram project.
= The company's net sales in 2008 totalled MEUR 98.
- Russia's import duties would make wood purchases unprofitable for the mill.
= The stock exchange release is published in Finnish and English.
+ The agreement strengthens our long-term partnership and opens up new growth opportunities in Asia.
= The investment is worth some EUR 12 mn.
- Customers postponed investments, and utilisation rates remained low.
= Sanoma owns 60 % of the joint venture and its partner the rest.
+ Return on equity improved to 18.3 % (12.1 %).
= The transfer of personnel will take place at the turn of the year.
- The Helsinki court fined three construction firms for taking part in an asphalt cartel.
= The loan matures in 2014.
+ Demand for the company's services has remained brisk, and the outlook for the rest of the year is favourable.
= The service is available to iPhone and Android users.
- The quarter ended with a net loss of EUR 0.9 mn.
= After the transaction the company owns 51 % of its subsidiary in Poland.
+ The airline's passenger load factor rose by 3.2 percentage points to 79.1 %.
= Trading in the share was resumed at 10:30.
- It has suffered from overcapacity, and several paper machines have been shut down.
= The product range includes lighting, heating and ventilation.
+ Loss for the period narrowed to EUR 0.4 mn from EUR 2.6 mn.
= Deliveries are scheduled for the first half of 2012.
- Export volumes shrank as the euro strengthened.
= The group will comply with the corporate governance code issued by the stock exchange.
+ The acquisition is expected to be accretive to earnings from the first year.
= A conference call for analysts will begin at 3 pm.
- The insurer warned that storm claims would push it into the red.
= The total area of the plot is 2.4 hectares.
+ The customer satisfaction survey ranked the operator first for the fourth year in a row.
= It manufactures components for the automotive industry in Estonia.
- Rating agency lowered its outlook on the company from stable to negative.
= The terms of the merger were approved by both boards.
+ The company expects its full-year result to exceed its earlier forecast.
= Kesko's main owner increased its stake to 10.2 percent.
+ The company won the tender to build the hospital.
= The office has been closed for the holidays.
- No recovery is in sight for the Baltic housing market.
`;
