import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";

/** What tells a record from a replay, for one instrument. */
export interface RecordFacts {
  /**
   * Since when the store answers for the instrument: the first moment by which it had recorded a promotion of its model, and had
   * materialized a row that was fresh at that moment. Null: not yet. It never changes once it is there.
   */
  readonly live_since: Instant | null;
  /** Up to this moment the record is final: what is recorded from now on is recorded later. */
  readonly sealed_until: Instant | null;
}

/** When this store knew what. */
export interface KnowledgeStore {
  facts(instrument: Instrument, model_name: string): Promise<RecordFacts>;
  /** Notes that a row was materialized for the instrument while it was fresh. Only the first time counts. */
  noteFresh(instrument: Instrument, at: Instant): Promise<void>;
  /**
   * Makes the record final up to `until`: whatever is written from now on is recorded later, even if its writer took the time before.
   * An answer from what was recorded by then stays the answer.
   * @returns up to when it is final: `until`, or later. Nothing that is there by now was recorded after it.
   */
  seal(until: Instant): Promise<Instant>;
}
