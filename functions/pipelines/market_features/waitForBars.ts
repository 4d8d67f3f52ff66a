import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant, SECOND, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { openMarketMs } from "../../../shared/domain/marketCalendar.ts";
import { collectClosedBar } from "../data_collection/collectClosedBar.ts";
import type { Ports } from "../ports.ts";
import {
  type BarOutcome,
  barReportSchema,
  found,
  hasUnbuilt,
  isJustClosed,
  type Looks,
  lookAt,
  looksSchema,
  progressOf,
  skipUnless,
  whyNoneWillCome,
} from "./barLook.ts";
import { BLOCK_MS } from "./buildCursor.ts";
import { lookBack } from "./lookBack.ts";

function looksOf({ cursor }: StepContext<Looks>): Looks {
  return cursor ?? { looks: 0, leg_looks: 0 };
}

/**
 * Waits for the window's newest bar, and asks the source for it every two seconds at first, then less often. Only a window of one bar waits:
 * a longer one is a replay of what is stored and goes on at once, and a bar whose close is long past is looked for in the store alone, where
 * data_collection puts it. Skips when no bar can come: the market was closed, nothing is collected live, or the hour had no trade. Where
 * bars before the window came late, it goes on in any case.
 */
export const waitForBars = defineStep({
  name: "wait_for_bars",
  report: barReportSchema,
  cursor: looksSchema,
  run: async (ports: Ports, context) => {
    const { map_key: instrument, window } = context;
    const [look] = await lookAt(ports, [context]);
    const { newest, expected, is_replay, has_bar } = look!;
    if (has_bar) return goOn(ports, context, { bar: newest!, written: 0, is_replay });
    const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
    const reason = whyNoneWillCome(ports, instrument, { expected, last, is_replay });
    if (reason !== null) return skip(ports, instrument, window, last, reason);
    return lookAtSource(ports, context, expected!, last);
  },
  block: { span_ms: BLOCK_MS, run: lookBack },
});

/** A complete bar takes the source some seconds; one that is minutes late may be much later, and is asked for at the pace of the sensor. */
const PACE = [
  { looks: 15, delay_ms: 2 * SECOND },
  { looks: 25, delay_ms: 10 * SECOND },
] as const;

/** Bars of other instruments are waited for by the second, and not long: the hour of one that did not trade must not cost the others theirs. */
const LEG_LOOKS = 6;
const LEG_DELAY_MS = SECOND;
/** One that has been silent for longer, in market hours, is not waited for. */
const LEG_SILENT_MS = DAY;

async function lookAtSource(ports: Ports, context: StepContext<Looks>, expected: Instant, last: Instant | null): Promise<BarOutcome> {
  const { map_key: instrument, window } = context;
  const close = expected + BASE_GRANULARITY_MS;
  // Without any bar, data_collection begins the history; asked for here, the newest bar would stand alone.
  if (last === null || !isJustClosed(ports, close)) return lookAgain(context, `${instrument} has no bar of ${toIso(expected)} yet.`);
  const bar = await collectClosedBar(ports, instrument, last, close);
  if (bar.kind === "stored") return goOn(ports, context, { bar: expected, written: bar.inserted, is_replay: false });
  if (bar.kind === "no_trade") {
    const reason = `OANDA has no bar of ${toIso(expected)} of ${instrument}, and later ones: it did not trade then.`;
    return skip(ports, instrument, window, await ports.bars.lastStart(instrument, BASE_GRANULARITY), reason);
  }
  context.log(bar.reason);
  return lookAgain(context, `${instrument} has no bar of ${toIso(expected)} yet: ${bar.reason}.`, bar.retry_after_ms);
}

function lookAgain(context: StepContext<Looks>, reason: string, at_least_ms = 0): BarOutcome {
  const { looks, leg_looks } = looksOf(context);
  const pace = PACE.find((step) => looks < step.looks)?.delay_ms;
  const delay_ms = pace === undefined && at_least_ms === 0 ? {} : { delay_ms: Math.max(pace ?? SLOW_MS, at_least_ms) };
  return { kind: "reschedule", ...delay_ms, reason, cursor: { looks: looks + 1, leg_looks }, report: {} };
}

/** The pace in the end, where the source asked for a pause: the sensor's own. */
const SLOW_MS = 30 * SECOND;

/**
 * The features of an instrument read the bars of the others at the same hour. Those that are on their way are waited for, so that the row
 * that is served is the one that any later build makes; one that comes later still has the row built again by the next run.
 */
async function goOn(
  ports: Ports,
  context: StepContext<Looks>,
  there: { bar: Instant; written: number; is_replay: boolean },
): Promise<BarOutcome> {
  const { bar, written, is_replay } = there;
  const looks = looksOf(context);
  const missing = is_replay || !isJustClosed(ports, bar + BASE_GRANULARITY_MS) ? [] : await legsOnTheirWay(ports, context.map_key, bar);
  if (missing.length === 0) return found(bar, written);
  const reason = `The bar of ${toIso(bar)} of ${missing.join(", ")} is not there yet.`;
  if (looks.leg_looks < LEG_LOOKS) {
    return { kind: "reschedule", delay_ms: LEG_DELAY_MS, reason, cursor: { ...looks, leg_looks: looks.leg_looks + 1 }, report: {} };
  }
  context.log(`${reason} The features are built without.`);
  return { kind: "success", report: { read: 1, written, last_bar: toIso(bar), without: missing } };
}

async function legsOnTheirWay(ports: Ports, instrument: string, bar: Instant): Promise<string[]> {
  const legs = ports.config.instruments.filter((leg) => leg !== instrument);
  const lasts = await Promise.all(legs.map((leg) => ports.bars.lastStart(leg, BASE_GRANULARITY)));
  return legs.filter((_leg, i) => {
    const last = lasts[i];
    return last != null && last < bar && openMarketMs(last + BASE_GRANULARITY_MS, bar) <= LEG_SILENT_MS;
  });
}

async function skip(ports: Ports, instrument: string, window: TimeWindow, last: Instant | null, reason: string): Promise<BarOutcome> {
  const progress = last === null ? [] : await progressOf(ports, instrument);
  return skipUnless(hasUnbuilt(progress.flat(), window, last), last, reason);
}
