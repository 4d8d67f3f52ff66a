import { HOUR } from "../../../shared/domain/instant.ts";
import { moduleOf, report } from "../checkout.ts";
import { cpuOfTree } from "../cpuOfTree.ts";
import { digits, secondsOf, timeEach, timingsOf } from "../figures.ts";
import type { PipelineBench } from "../pipelineBench.ts";

const HOURS = 8;
const YEAR_MS = 365 * 24 * HOUR;

async function measureYear(bench: PipelineBench) {
  const window = { start: bench.now() - YEAR_MS, end: bench.now() };
  const collect_seconds = await secondsOf(() => bench.run("data_collection", window));
  const bars = await bench.countBars();
  const before_ms = cpuOfTree();
  const seconds = await secondsOf(() => bench.run("market_feature_pipeline", window));
  const cpu_seconds = (cpuOfTree() - before_ms) / 1_000;
  return [
    {
      label: `a year rebuilt (${bars.toLocaleString("en")} bars)`,
      text: `${digits(seconds)} s, ${digits(bars / seconds)} bars/s; CPU ${digits(cpu_seconds)} s, the database's and the host's included`,
      values: { seconds, cpu_seconds, bars },
      budget: "< 30 s",
    },
    {
      label: "that year collected before",
      text: `${digits(collect_seconds)} s, ${digits(bars / collect_seconds)} bars/s`,
      values: { seconds: collect_seconds, bars },
      budget: "-",
    },
  ];
}

/** A bar closes, and the pipeline asks for it itself: its work, and what it waited for (bars of other instruments, which come a second later). */
async function measureCloses(bench: PipelineBench) {
  const totals: number[] = [];
  const waits: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    const start = Math.floor(bench.now() / HOUR) * HOUR;
    bench.advance(start + HOUR + 20 - bench.now());
    const [work_ms] = await timeEach(1, () => bench.run("market_feature_pipeline", { start, end: start + HOUR }));
    waits.push(bench.now() - (start + HOUR));
    totals.push(work_ms! + waits.at(-1)!);
  }
  const { p50_ms, p95_ms } = timingsOf(totals);
  return {
    label: "from a close to its row in KV, the bar asked for",
    text: `p50 ${digits(p50_ms / 1_000)} s, most ${digits(p95_ms / 1_000)} s of ${HOURS}, of which waits ${digits(Math.max(...waits) / 1_000)} s`,
    values: { p50_ms, p95_ms, most_waited_ms: Math.max(...waits) },
    budget: "p95 <= 15 s",
  };
}

/** An hour passes, its bars are collected, and the features follow: the second part is what the budget is about. */
async function measureHours(bench: PipelineBench) {
  const times: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    const window = bench.advance(HOUR);
    await bench.run("data_collection", window);
    times.push(...(await timeEach(1, () => bench.run("market_feature_pipeline", window))));
  }
  const { p50_ms, p95_ms } = timingsOf(times);
  return {
    label: "incremental: an hour whose bars are there",
    text: `p50 ${digits(p50_ms / 1_000)} s, most ${digits(p95_ms / 1_000)} s of ${HOURS}`,
    values: { p50_ms, p95_ms },
    budget: "< 2 s",
  };
}

const { openPipelineBench } = await moduleOf<typeof import("../pipelineBench.ts")>("tests/bench/pipelineBench.ts");
const bench = await openPipelineBench();
try {
  await report([() => measureYear(bench), async () => [await measureHours(bench)], async () => [await measureCloses(bench)]]);
} finally {
  await bench.close();
}
