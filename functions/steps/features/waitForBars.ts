import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type Instant, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { StepOutcome } from "../../../shared/ports/step.ts";
import type { PipelineStep, Ports } from "../ports.ts";
import { goldViewOf } from "./goldViewOf.ts";

/**
 * Holds the features of an instrument back until the newest bar that the window should hold is there. Only a window of one bar waits: a
 * longer one is a replay of what is stored, and goes on with it at once. It is skipped when no bar will come: the market was closed,
 * nothing is collected live, or later bars are there and the hour had no trade. Bars that came late before the window are reason enough
 * to build, whatever became of its own.
 */
export const waitForBars: PipelineStep = async (ports, context) => {
  const { map_key: instrument, window } = context;
  const [newest] = await ports.bars.readLast(instrument, BASE_GRANULARITY, window.end - BASE_GRANULARITY_MS + 1, 1);
  const expected = lastOpenBar(window);
  const is_replay = window.end - window.start > BASE_GRANULARITY_MS;
  if (newest && endOf(newest) > window.start && (is_replay || newest.start >= (expected ?? 0))) return found(newest.start);
  const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
  const reason = whyNoneWillCome(ports, instrument, { expected, last, is_replay });
  if (reason !== null) return (await hasUnbuiltBars(ports, instrument, window, last)) ? found(last!) : { kind: "skipped", reason };
  return { kind: "reschedule", reason: `${instrument} has no bar of ${toIso(expected!)} yet.`, cursor: null, report: {} };
};

function found(bar: Instant): StepOutcome {
  return { kind: "success", report: { read: 1, last_bar: toIso(bar) } };
}

interface Outlook {
  readonly expected: Instant | null;
  readonly last: Instant | null;
  readonly is_replay: boolean;
}

function whyNoneWillCome(ports: Ports, instrument: string, { expected, last, is_replay }: Outlook): string | null {
  if (expected === null) return "No bar of open market hours ends in the window.";
  if (is_replay) return `${instrument} has no bar that ends in the window.`;
  if (last !== null && last > expected) return `${instrument} has later bars, and none of ${toIso(expected)}: it did not trade then.`;
  if (ports.config.market_origin === "import") return `${instrument} has no bar of ${toIso(expected)}, and candles are only imported.`;
  return null;
}

/** Start of the last bar by the calendar that ends in the window; null when the market was closed. */
function lastOpenBar({ start, end }: TimeWindow): Instant | null {
  const newest = Math.floor(end / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS - BASE_GRANULARITY_MS;
  for (let bar = newest; bar + BASE_GRANULARITY_MS > start; bar -= BASE_GRANULARITY_MS) if (isMarketOpen(bar)) return bar;
  return null;
}

/** Bars that came after the features of their time were built: the progress of a view then stands before them. */
async function hasUnbuiltBars(ports: Ports, instrument: string, window: TimeWindow, last: Instant | null): Promise<boolean> {
  if (last === null) return false;
  const views = [...SILVER_VIEWS, goldViewOf(ports.config)];
  const progress = await Promise.all(
    views.map((view) => ports.features.progress(instrument, { view: view.name, schema_hash: view.schema_hash })),
  );
  return progress.some(({ built_until }) => built_until !== null && built_until < window.start && last + BASE_GRANULARITY_MS > built_until);
}

function endOf(bar: { readonly start: Instant }): Instant {
  return bar.start + BASE_GRANULARITY_MS;
}
