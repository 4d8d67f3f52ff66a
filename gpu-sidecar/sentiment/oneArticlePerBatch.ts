import type { CustomBatchingPrioritizationStrategy } from "node-llama-cpp";

/**
 * Each llama.cpp batch is one article, whole. Kernels choose their tiling by the size of the batch, so that an article which shares a
 * batch with others gets other last digits than alone, and a score would depend on who was asked about at the same time.
 * Lanes still overlap: the next article is tokenised and its lane made ready while this one is computed.
 */
export const oneArticlePerBatch: CustomBatchingPrioritizationStrategy = ({ items, size }) => {
  const [first] = items;
  return first === undefined ? [] : [{ item: first, processAmount: Math.min(first.tokens.length, size) }];
};
