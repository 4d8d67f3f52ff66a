import { createRandom, shuffled } from "./random.ts";

/**
 * The order of `rows` rows after their blocks of `block_rows` neighbours were put in a random order: entry i is the row that comes to
 * place i. Within a block, neighbours stay neighbours. The same seed gives the same order.
 */
export function blockPermutation(rows: number, block_rows: number, seed: number): Uint32Array {
  const blocks = Array.from({ length: Math.ceil(rows / block_rows) }, (_, block) => block);
  const order = new Uint32Array(rows);
  let at = 0;
  for (const block of shuffled(blocks, createRandom(seed))) {
    for (let row = block * block_rows; row < Math.min(rows, (block + 1) * block_rows); row++) order[at++] = row;
  }
  return order;
}
