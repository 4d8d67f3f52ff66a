/** ISO 4217 codes that news of foreign exchange writes in pairs, gold and bitcoin with them. */
export const ISO_CURRENCIES: ReadonlySet<string> = new Set(
  `USD EUR GBP JPY CHF AUD NZD CAD SGD CNY CNH HKD TWD KRW INR IDR MYR THB PHP VND SEK NOK DKK PLN HUF CZK
   RON TRY ZAR MXN BRL CLP COP PEN ARS RUB ILS AED SAR EGP NGN XAU XAG BTC ETH`.split(/\s+/),
);
