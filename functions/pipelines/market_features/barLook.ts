import { z } from "zod";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type Instant, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { goldViewOf } from "../common/goldViewOf.ts";
import type { Ports } from "../ports.ts";

/** How often the source was asked for the bar, and the store for those of the other instruments. */
export const looksSchema = z.strictObject({ looks: z.int(), leg_looks: z.int() });
export type Looks = z.infer<typeof looksSchema>;

/** `last_bar`: when the newest bar starts that is there to be built. `without`: instruments whose bar of that hour was not there in time. */
export const barReportSchema = z.strictObject({
  read: z.int(),
  written: z.int().optional(),
  last_bar: z.iso.datetime(),
  without: z.array(z.string()).optional(),
});
export type BarOutcome = StepOutcome<z.infer<typeof barReportSchema>, Looks>;

interface Look {
  /** Start of the last bar that ends by the window's end. */
  readonly newest: Instant | null;
  readonly expected: Instant | null;
  readonly is_replay: boolean;
  /** What is waited for is there. */
  readonly has_bar: boolean;
}

export async function lookAt(ports: Ports, contexts: readonly StepContext<Looks>[]): Promise<readonly Look[]> {
  const ends = contexts.map(({ window }) => window.end - BASE_GRANULARITY_MS + 1);
  const starts = await ports.bars.lastStarts(contexts[0]!.map_key, BASE_GRANULARITY, ends);
  return contexts.map(({ window }, index) => {
    const newest = starts[index] ?? null;
    const expected = lastOpenBar(window);
    const is_replay = window.end - window.start > BASE_GRANULARITY_MS;
    const is_in = newest !== null && newest + BASE_GRANULARITY_MS > window.start;
    return { newest, expected, is_replay, has_bar: is_in && (is_replay || newest >= (expected ?? 0)) };
  });
}

export function found(bar: Instant, written: number): BarOutcome {
  return { kind: "success", report: { read: 1, written, last_bar: toIso(bar) } };
}

export function skipUnless(has_unbuilt: boolean, last: Instant | null, reason: string): BarOutcome {
  return has_unbuilt ? { kind: "success", report: { read: 1, last_bar: toIso(last!) } } : { kind: "skipped", reason };
}

/** Only where bars are collected live, and only until the next one closes. A bar of the past is not asked for again for each of its hours. */
export function isJustClosed(ports: Ports, close: Instant): boolean {
  return ports.config.market_origin !== "import" && ports.clock.now() - close < BASE_GRANULARITY_MS;
}

interface Outlook {
  readonly expected: Instant | null;
  readonly last: Instant | null;
  readonly is_replay: boolean;
}

export function whyNoneWillCome(ports: Ports, instrument: string, { expected, last, is_replay }: Outlook): string | null {
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
export function hasUnbuilt(progress: readonly (Instant | null)[], window: TimeWindow, last: Instant | null): boolean {
  if (last === null) return false;
  return progress.some((built_until) => built_until !== null && built_until < window.start && last + BASE_GRANULARITY_MS > built_until);
}

/** How far the views are built: those of silver, and gold. */
export async function progressOf(ports: Ports, instrument: string): Promise<readonly (readonly (Instant | null)[])[]> {
  const views = [...SILVER_VIEWS, goldViewOf(ports.config)];
  const progress = (await ports.features.progressOf(instrument, views.map(referenceOf))).map(({ built_until }) => built_until);
  return [progress.slice(0, SILVER_VIEWS.length), progress.slice(SILVER_VIEWS.length)];
}
