import type { FeatureBlock } from "./featureBlock.ts";

/** Writes an answer block by block: equal answers are equal bytes. */
export interface TableEncoder {
  block(block: FeatureBlock): Iterable<Uint8Array<ArrayBuffer>>;
  /** What comes behind the last block, or alone where there is none. */
  end(): Uint8Array<ArrayBuffer>;
}
