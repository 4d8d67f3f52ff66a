import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { syntheticBars } from "../../data/golden/syntheticBars.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { type BarSeries, toBarSeries } from "../../shared/features/barSeries.ts";
import { MARKET_YEAR } from "./marketYear.ts";

/** A Python with the packages of tests/bench/peers/requirements.txt, in an environment outside of the repository. */
export const PYTHON_VARIABLE = "FX_BENCH_PYTHON";

const SCRIPT = fileURLToPath(new URL("peers/marketFeatures.py", import.meta.url));
const OWN = ["start", "mid_o", "mid_h", "mid_l", "mid_c", "bid_c", "ask_c", "volume"] as const;
const LEG = ["start", "mid_c"] as const;
/** Of numpy's and pandas' thread pools: CPU time is counted, and one thread is what the other side has. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

const answerSchema = z.object({ rows: z.int(), columns: z.int(), cpu_ms: z.array(z.number()).min(2) });

export interface PeerTimes {
  readonly columns: number;
  readonly first_cpu_ms: number;
  readonly least_cpu_ms: number;
}

/** CPU time that pandas and TA-Lib take for columns like those of the market's gold view, of the bars that ours are measured on. */
export async function measurePandas(python: string): Promise<PeerTimes> {
  const answer = answerSchema.parse(JSON.parse(await run(python, JSON.stringify(marketOf()))));
  const [first_cpu_ms = Number.NaN, ...rest] = answer.cpu_ms;
  return { columns: answer.columns, first_cpu_ms, least_cpu_ms: Math.min(...rest) };
}

function marketOf() {
  const { instrument, lookback_bars: _, passes, ...year } = MARKET_YEAR;
  const legs = new Map(DEFAULT_INSTRUMENTS.map((leg, seed) => [leg, toBarSeries(syntheticBars(leg, { seed, ...year }))] as const));
  const others = [...legs].map(([leg, series]) => [leg, columnsOf(series, LEG)] as const);
  return { instrument, passes, bars: columnsOf(legs.get(instrument)!, OWN), legs: Object.fromEntries(others) };
}

function columnsOf(series: BarSeries, names: readonly (typeof OWN)[number][]): Record<string, (number | null)[]> {
  return Object.fromEntries(names.map((name) => [name, Array.from(series[name], (value) => (Number.isNaN(value) ? null : value))]));
}

function run(python: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(python, [SCRIPT], { env: { ...process.env, ...ONE_THREAD } }, (error, stdout, stderr) =>
      error ? reject(new Error(`${python} ${SCRIPT}: ${stderr.trim() || error.message}`)) : resolve(stdout),
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}
