import type { EntityRows } from "./entityRows.ts";
import type { FeatureSelection } from "./featureSelection.ts";

/**
 * Features of the entity rows from index `from` until before `to`, column by column in the order of the selection. NaN stands for null. They
 * are the reader's until it asks for the next block.
 */
export interface FeatureBlock {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly Float64Array[];
}

/** What a format is told of an answer before its first block. */
export interface FeatureTable {
  readonly entities: EntityRows;
  readonly selection: FeatureSelection;
}

/** Of what DuckDB reads at once, and the most of it: its own row groups have as many rows. */
const ROW_GROUP_ROWS = 122_880;
/** A block is held in memory, and once more as it is written. */
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;
/** Fewer would make row groups that nobody reads well. */
const LEAST_ROWS = 8_192;

/** Rows of a block. It depends on the number of columns alone, so that equal questions are cut up alike. */
export function blockRows(features: number): number {
  return Math.max(LEAST_ROWS, Math.min(ROW_GROUP_ROWS, Math.floor(MAX_BLOCK_BYTES / (8 * Math.max(1, features)))));
}
