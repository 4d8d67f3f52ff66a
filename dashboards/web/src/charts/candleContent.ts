/** A span of bars `[first, last]` by their places, its colour, and the letters that are written into it where there is room. */
export interface Band {
  readonly first: number;
  readonly last: number;
  readonly colour: string;
  readonly letters: string;
}

/** One candle: `seconds` as chartSeconds gives them, prices in quote currency, the spread in basis points of mid. */
export interface CandlePoint {
  readonly seconds: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly spread_bp: number | null;
}

/** A sign at a candle, by its place. `colour` is a custom property of the style sheet. */
export interface CandleMark {
  readonly index: number;
  readonly at: "above" | "below" | "inside" | "foot";
  readonly shape: "arrow_up" | "arrow_down" | "circle" | "square";
  readonly colour: string;
  readonly text?: string;
}

/** A bar of the lowest pane, from -1 to 1: above the line it is of the one kind, below it of the other. */
export interface CandleBar {
  readonly index: number;
  readonly value: number;
}

export interface CandleContent {
  readonly points: readonly CandlePoint[];
  /** Decimal places of a price. */
  readonly precision: number;
  readonly marks: readonly CandleMark[];
  readonly bars: readonly CandleBar[];
  /** Shaded behind the candles. `colour` is a custom property, too. */
  readonly bands: readonly Band[];
}
