/** Why a line of bronze did not become a bar. A line carries the first one that applies, most basic first. */
export type RejectReason =
  | "cut_off"
  | "wrong_field_count"
  | "not_an_object"
  | "wrong_shape"
  | "incomplete"
  | "wrong_instrument"
  | "wrong_granularity"
  | "bad_time"
  | "off_grid"
  | "in_future"
  | "market_closed"
  | "no_mid_price"
  | "not_finite"
  | "not_positive"
  | "high_below_low"
  | "outside_high_low"
  | "bid_above_ask"
  | "spike"
  | "duplicate_differs";

/** A refusal that a person can act on: `detail` names the field and shows its value. */
export interface CandleRefusal {
  readonly reason: RejectReason;
  readonly detail: string;
}
