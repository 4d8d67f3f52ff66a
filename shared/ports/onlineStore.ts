import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";

/** The newest row of one view, as the online store holds it. NaN in memory and null in JSON stand for a missing value. */
export interface OnlineRow {
  readonly event_time: Instant;
  readonly created_time: Instant;
  readonly available_at: Instant;
  readonly schema_hash: string;
  readonly values: readonly (number | null)[];
}

/** View name -> newest row. */
export type OnlineRows = Readonly<Record<string, OnlineRow>>;

/** What /predict needs to find the model in Production while the database is away: the registry says which one it is. */
export interface ProductionPointer {
  readonly name: string;
  readonly version: string;
  readonly run_id: string;
  /** Lake prefix of the model's files. */
  readonly source: string;
  readonly promoted_at: Instant;
}

/** Features and model pointers for serving (KV). */
export interface OnlineStore {
  /** All views of one instrument in one read; null when nothing was materialized. */
  read(instrument: Instrument): Promise<OnlineRows | null>;
  /**
   * Merges rows in, view by view. A row older by (event_time, created_time) than the stored one is left out, unless the stored one is not
   * known yet at `now` (absent: all are): the clock has gone back since it was written.
   * @returns how many rows were newer and written
   */
  write(instrument: Instrument, rows: OnlineRows, now?: Instant): Promise<number>;
  /** `write` of several moments, one after the other, in one: the newest is what stays. Returns what each would have returned. */
  writeEach(instrument: Instrument, moments: readonly OnlineRows[], now?: Instant): Promise<readonly number[]>;
  /** `write` of several instruments at once. */
  writeAll(rows: ReadonlyMap<Instrument, OnlineRows>, now?: Instant): Promise<void>;
  /** The newest rows of all pushed views of one instrument: of a value of their own, so that no push touches what pipelines have written. */
  readPushed(instrument: Instrument): Promise<OnlineRows | null>;
  /** `write` of these. */
  writePushed(instrument: Instrument, rows: OnlineRows, now?: Instant): Promise<number>;
  readProduction(model_name: string): Promise<ProductionPointer | null>;
  writeProduction(pointer: ProductionPointer): Promise<void>;
}
