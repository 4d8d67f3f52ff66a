import type { Bar } from "../domain/bar.ts";
import type { Granularity } from "../domain/granularity.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { RejectReason } from "../domain/rejectReason.ts";

/** Where candles come from. A store holds one market: simulated and real prices are never mixed. */
export type MarketOrigin = "sandbox" | "oanda" | "import";
export type MarketKind = "simulated" | "real";

/** Manifest row of one bronze object: a raw answer, stored as NDJSON under its content hash. */
export interface BronzeObject {
  readonly key: string;
  readonly origin: MarketOrigin;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly sha256: string;
  readonly bytes: number;
  readonly lines: number;
  /** Span that was asked for. */
  readonly window: TimeWindow;
  readonly ingested_at: Instant;
}

export type { RejectReason };

/** A line of bronze that did not become a bar, and why. */
export interface Reject {
  readonly object_key: string;
  /** Line of the object, from 1. */
  readonly line: number;
  readonly instrument: Instrument;
  readonly reason: RejectReason;
  readonly detail: string;
  /** The line itself, cut at 2,000 characters. */
  readonly raw: string;
}

export interface BarWrite {
  readonly object_key: string;
  readonly bars: readonly Bar[];
  /** Line of the object, from 1, that each bar came from: `lines[i]` is that of `bars[i]`. */
  readonly lines: readonly number[];
  readonly rejects: readonly Reject[];
  readonly ingested_at: Instant;
}

export interface BarWriteResult {
  /** Bars that were not there before. */
  readonly inserted: number;
  /** Bars that stood there with the same values. */
  readonly unchanged: number;
  /** Bars that stand there with other values: the first one is kept and the new one is rejected as duplicate_differs. */
  readonly conflicts: number;
  /** Start of the earliest inserted bar, null when none was. */
  readonly first_inserted: Instant | null;
}

export interface BarStore {
  /** Fails with mixed_markets when the store holds the other kind of market. The sandbox is simulated; OANDA and imports are real. */
  claimMarket(origin: MarketOrigin): Promise<void>;
  market(): Promise<MarketKind | null>;
  addBronze(object: BronzeObject): Promise<void>;
  /** Objects not yet validated, oldest first. */
  pendingBronze(instrument: Instrument): Promise<readonly BronzeObject[]>;
  /**
   * Stores bars and rejects of one object, marks it validated, and lowers the features' progress to the first inserted
   * bar, in one transaction. Idempotent. The progress of every instrument and view is lowered: gold rows look at the
   * bars of other instruments too.
   */
  write(write: BarWrite): Promise<BarWriteResult>;
  /** Bars with `window.start <= start < window.end`, ascending. */
  read(instrument: Instrument, granularity: Granularity, window: TimeWindow): Promise<readonly Bar[]>;
  /** The last `count` bars that start before `before`, ascending. */
  readLast(instrument: Instrument, granularity: Granularity, before: Instant, count: number): Promise<readonly Bar[]>;
  /** Start of the newest bar; null when there is none. */
  lastStart(instrument: Instrument, granularity: Granularity): Promise<Instant | null>;
  /** Instruments that have bars, with their span and count. */
  coverage(): Promise<readonly BarCoverage[]>;
}

export interface BarCoverage {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly first_start: Instant;
  readonly last_start: Instant;
  readonly bars: number;
}
