import { parseArgs } from "node:util";
import { DAY, parseInstant } from "../../shared/domain/instant.ts";
import { HORIZONS } from "../../shared/labels/horizon.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { auditMarkets } from "./auditMarkets.ts";
import { type HorizonRow, horizonRow, renderHorizons } from "./horizonsTable.ts";
import { marketSets } from "./marketSet.ts";

const HELP = `npm run audit:horizons -- [--data FOLDER] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--params JSON] [--end 2021-01-01] [--pairs A,B] [--signal 0.2] [--seeds 1] [--json]

What it takes to earn the spread at 1, 5, 12 and 24 bars, and what models of each horizon do: trained and judged as the product does, by
the same functions. With --data on recorded candles (of dollar pairs in FOLDER/candles/mba_2018_2024, of USD_SGD the first half of
2025 beside it, for which --end 2025-07-01), without on the sandbox. Figures are out of fold and outside the rollover.`;

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    profile: { type: "string", default: "backfill" },
    params: { type: "string", default: "{}" },
    end: { type: "string", default: "2021-01-01" },
    pairs: { type: "string", default: "EUR_USD,GBP_USD,USD_JPY,AUD_USD" },
    signal: { type: "string", default: "0.2" },
    seeds: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function main(): Promise<void> {
  const end = parseInstant(`${values.end}T00:00:00Z`);
  if (end === null) throw new Error(`--end: "${values.end}" is not a day such as 2021-01-01.\n\n${HELP}`);
  const markets = { data: values.data, pairs: values.pairs.split(","), signal: Number(values.signal), seeds: Number(values.seeds) };
  const rows: HorizonRow[] = [];
  for (const horizon_bars of HORIZONS) {
    const profile = trainingProfileOf({ profile: values.profile, horizon_bars, params: JSON.parse(values.params) });
    const window = { start: end - profile.window_days * DAY, end };
    for await (const bars of auditMarkets(markets, window)) {
      for (const set of marketSets(bars, window, horizon_bars)) rows.push(await horizonRow(set, profile));
    }
    process.stderr.write(`${horizon_bars} bars: ${rows.length} models\n`);
  }
  process.stdout.write(`${values.json ? JSON.stringify(rows) : renderHorizons(rows)}\n`);
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
