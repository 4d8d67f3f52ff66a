/** Why a line of bronze did not become a bar. A line carries the first one that applies, most basic first. */
export type RejectReason =
  | "not_an_object"
  | "wrong_shape"
  | "incomplete"
  | "wrong_instrument"
  | "wrong_granularity"
  | "bad_time"
  | "off_grid"
  | "in_future"
  | "closed_market"
  | "no_mid_price"
  | "not_finite"
  | "not_positive"
  | "high_below_low"
  | "outside_high_low"
  | "bid_above_ask"
  | "duplicate_differs";

/** A refusal that a person can act on: `detail` names the field and shows its value. */
export interface CandleRefusal {
  readonly reason: RejectReason;
  readonly detail: string;
}
