/** Subject of a metric that is a commodity. Others are ISO 4217 codes: what is quoted against others, whose rise is then its fall. */
export const COMMODITY = "commodity";
/** Subject of a metric that is several currencies at once ("Asian currencies"). */
export const CURRENCY_GROUP = "currencies";

/** Good (positive) or bad by itself. */
export interface PolarEffect {
  readonly kind: "polar";
  readonly value: number;
  /** Counts only where a currency, or a ticker, is named. */
  readonly only: "currency" | "ticker" | null;
}

/** A direction: good or bad by what moves. */
export interface MoveEffect {
  readonly kind: "move";
  readonly direction: 1 | -1;
  readonly strength: number;
  readonly reach: MoveReach;
}

/** What moves. */
export interface MetricEffect {
  readonly kind: "metric";
  /** +1: more of it is good, -1: bad, 0: says nothing. */
  readonly polarity: number;
  /** Its value when nothing moves it. */
  readonly alone: number;
  readonly subject: string | null;
  /** Tokens over which a move behind it may be its own: an event ("fraud probe") moves only where it stands right before. */
  readonly reach: number;
}

/** "above 1.30": up where it says where a price is, and nothing where it says where something else happens. */
export interface LevelEffect {
  readonly kind: "level";
  readonly direction: 1 | -1;
}

/** What a word or phrase of the lexicon does to the reading of its sentence. */
export type Effect =
  | PolarEffect
  | MoveEffect
  | MetricEffect
  /** Turns what follows; `alone` is its value when nothing of value follows. */
  | { readonly kind: "negator"; readonly alone: number }
  /** Turns a bad thing that follows into a good one; `alone` is its own value. */
  | { readonly kind: "averter"; readonly alone: number }
  | { readonly kind: "scale"; readonly factor: number }
  | { readonly kind: "modal"; readonly factor: number }
  /** Begins a clause; "boosted by" has a value of its own. */
  | { readonly kind: "clause"; readonly role: ClauseRole; readonly alone: number }
  | { readonly kind: "compared" }
  | LevelEffect
  /** Evidence that a text only reports; 0: it just covers its words. */
  | { readonly kind: "neutral"; readonly weight: number };

/**
 * Where a move looks for what moves: `back` = its subject ("profit rose"), `ahead` = its object or the noun that it describes ("cut costs",
 * "higher sales") and only then its subject, `figure` = only beside a figure or a subject close by ("advanced 3%", "up from"), `trend` = a
 * movement of markets: of what stands beside it or behind "in", or else of something of which more is good, `object` = only what the verb is done to ("supported exports").
 */
export type MoveReach = "back" | "ahead" | "figure" | "trend" | "object";

/** contrast: but, however; concession: despite; cause: as, after, amid. */
export type ClauseRole = "contrast" | "concession" | "cause";

export type Entry = readonly [phrase: string, effect: Effect];
