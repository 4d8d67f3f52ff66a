#!/usr/bin/env bash
# technicalindicators: its RSI is cut to two decimals, alone among its indicators, and of a market that stands still it is 100.
#
# A good guess: an indicator comes as the double that its formula gives, as all others of this library do, and is rounded where it is shown;
# and prices that do not move, the quiet hour of a currency pair, give 50, no value, or an error. Seen: 73.68 for 73.682243, so that a
# feature made here and one made elsewhere differ in the third decimal, and a model that splits between them takes the other branch. No
# losses are a relative strength without bounds, 100: "bought as much as can be" of a market where nothing was bought. The same library's
# stochastic oscillator calls the same hour 0, its lowest.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund technicalindicators@3.1.0
cat > rsi.cjs <<'JS'
const { RSI, Stochastic, WilliamsR } = require("technicalindicators");
const period = 5;
const values = [1.08345, 1.08352, 1.08341, 1.08367, 1.0839, 1.08377, 1.08361, 1.08404, 1.08422, 1.0841, 1.08433, 1.08401, 1.0838];

/** Wilder's RSI in doubles: the mean gain and loss of the first `period` moves, then smoothed by 1 / period. */
function wilder(prices) {
  const moves = prices.slice(1).map((price, at) => price - prices[at]);
  const mean = (of) => moves.slice(0, period).reduce((sum, move) => sum + of(move), 0) / period;
  let gain = mean((move) => Math.max(move, 0));
  let loss = mean((move) => Math.max(-move, 0));
  const rsi = () => 100 - 100 / (1 + gain / loss);
  const result = [rsi()];
  for (const move of moves.slice(period)) {
    gain = (gain * (period - 1) + Math.max(move, 0)) / period;
    loss = (loss * (period - 1) + Math.max(-move, 0)) / period;
    result.push(rsi());
  }
  return result;
}

const seen = RSI.calculate({ period, values });
const exact = wilder(values);
const twoDecimals = (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;
const off = Math.max(...seen.map((value, at) => Math.abs(value - exact[at])));
const bars = { high: values, low: values.map((price) => price - 0.0005), close: values, period };
const others = WilliamsR.calculate(bars);
const still = Array(8).fill(1.08345);
const stillRsi = RSI.calculate({ period, values: still });
const stillStochastic = Stochastic.calculate({ high: still, low: still, close: still, period, signalPeriod: 3 }).map(({ k }) => k);
console.log("technicalindicators 3.1.0");
console.log(`  RSI:               ${seen.slice(0, 5).join(" ")} ...`);
console.log(`  by the formula:    ${exact.slice(0, 5).map((value) => value.toFixed(6)).join(" ")} ...; at most ${off.toFixed(4)} apart`);
console.log(`  Williams %R:       ${others.slice(0, 3).join(" ")} ...`);
console.log(`  prices stand still: RSI ${stillRsi.join(" ")}; stochastic ${stillStochastic.join(" ")}`);
const rounded = seen.every(twoDecimals) && !exact.every(twoDecimals) && off < 0.00501 && off > 1e-4 && !others.every(twoDecimals);
const extremes = stillRsi.every((value) => value === 100) && stillStochastic.every((value) => value === 0);
process.exit(rounded && extremes && seen.length === exact.length ? 0 : 1);
JS
node rsi.cjs
