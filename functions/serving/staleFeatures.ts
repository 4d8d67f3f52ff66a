import type { KnowledgeBasis } from "../../shared/contracts/predict.ts";
import { BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { type Instant, MINUTE, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { STALE_AFTER_MS } from "../../shared/domain/lateness.ts";
import { openMarketMs } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import type { MarketOrigin } from "../../shared/ports/barStore.ts";

/** A row that should have been followed by a newer one too long ago to be served. */
export interface StaleRow {
  readonly instrument: Instrument;
  readonly event_time: Instant;
  /** End of the bar after it, which the model of one bar predicts. */
  readonly row_until: Instant;
  /** End of what the model predicts of it. */
  readonly target_end: Instant;
  readonly at: Instant;
  readonly as_of: Instant | null;
  /** What an answer about a past moment would have stood on. */
  readonly basis: KnowledgeBasis | null;
}

/** What tells which pipeline is late. */
export interface StaleFacts {
  readonly market_origin: MarketOrigin;
  /** End of the newest stored bar that ended by then; null when there is none, or when the store could not say. */
  readonly last_bar_end: Instant | null;
  /** Another instrument that has a bar of the hour after the row; null when none has, or when nobody was asked. */
  readonly traded_elsewhere: Instrument | null;
}

/** One hour without a trade is the market's, and two in a row are looked into: then a pipeline is late. */
export function mayBeUntraded({ row_until, at }: Pick<StaleRow, "row_until" | "at">): boolean {
  return openMarketMs(row_until, at) <= BASE_GRANULARITY_MS + STALE_AFTER_MS;
}

/** Counted in open market: on a weekend Friday's last row is as new as can be, and what it predicts begins on Sunday. */
export function isStale(row_until: Instant, at: Instant): boolean {
  return openMarketMs(row_until, at) > STALE_AFTER_MS;
}

/**
 * 503 features_stale: how old, which pipeline is late, and the command that does what is due; or that none is, since the hour had no trade.
 * What the row predicts is over by then, and the next hour can be predicted from a bar alone that is not there.
 */
export function staleFeatures({ instrument, event_time, row_until, target_end, at, as_of, basis }: StaleRow, facts: StaleFacts): AppError {
  const overdue_ms = openMarketMs(row_until, at);
  const has_bar = facts.last_bar_end !== null && facts.last_bar_end > event_time;
  const late = has_bar ? "market_feature_pipeline" : "data_collection";
  const untraded = has_bar || basis === "recorded" ? null : facts.traded_elsewhere;
  return new AppError(
    "features_stale",
    `The newest features of ${instrument} known at ${toIso(at)} are of ${toIso(event_time)}. The hour after them ended at ` +
      `${toIso(row_until)}, ${Math.floor(overdue_ms / MINUTE)} market minutes before, and ${STALE_AFTER_MS / MINUTE} are allowed. ` +
      (basis === "recorded" ? RECORDED : untraded !== null ? untradedOf(instrument, untraded) : adviceOf(late, as_of, facts)),
    {
      status: 503,
      retryable: true,
      details: {
        instrument,
        event_time: toIso(event_time),
        target_end: toIso(target_end),
        age_ms: openMarketMs(event_time, at),
        overdue_ms,
        allowed_ms: STALE_AFTER_MS,
        pipeline: untraded === null ? late : null,
      },
    },
  );
}

const FEATURES = "npm run fx -- trigger market_feature_pipeline";

/** What is built now was not there then: it changes no answer of that time. */
const RECORDED =
  'The store was live then and had recorded no newer ones. With "recorded_until": a later moment, what was recorded since is replayed.';

function untradedOf(instrument: Instrument, other: Instrument): string {
  return (
    `Candles do come: ${other} has one of that hour. ${instrument} seems not to have been traded in it, so that it has no bar and no features; ` +
    "the next hour in which it is brings an answer again, when it has ended."
  );
}

function adviceOf(pipeline: string, as_of: Instant | null, { market_origin, last_bar_end }: StaleFacts): string {
  const missing = pipeline === "data_collection" ? "no later bar is stored" : `bars are stored until ${toIso(last_bar_end!)}`;
  if (market_origin === "import")
    return pipeline === "data_collection"
      ? `Candles are only imported here, and ${missing}: ask with "timestamp", or npm run fx -- import candles FILE and then npm run fx -- backfill.`
      : `Candles are only imported here, and ${missing}: npm run fx -- backfill --from DATE --to DATE builds their features.`;
  if (as_of !== null) return `Of that time, ${missing}: npm run fx -- backfill --from DATE --to DATE builds what is missing.`;
  const command = pipeline === "data_collection" ? `npm run fx -- trigger data_collection && ${FEATURES}` : FEATURES;
  return `${pipeline} is late (${missing}). ${command} does now what is due; a stack that starts does it by itself.`;
}
