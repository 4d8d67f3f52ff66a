import { createRandom } from "../../../shared/domain/random.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { createTreeExplainer } from "../../../shared/models/treeShap.ts";
import { coveredForest } from "../../support/models/coveredForest.ts";
import { digits, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";

const WIDTH = 60;
const ROWS = 500;
const WARM_UP = 50;

export const explain: Section = {
  name: "explain",
  work: `exact contributions of one row of ${WIDTH} features`,
  note: "full trees of random splits, one value in 50 missing; one thread, each row by itself",
  peer: "-",
  budget: "<= 1 ms",
  run: async () => [measure(100, 6), { ...measure(500, 6), budget: "-" }],
};

function measure(trees: number, depth: number): Measured {
  const random = createRandom(1);
  const model = parseTreeEnsemble(coveredForest({ width: WIDTH, depth, trees, random, empty_share: 0 }));
  const explainRow = createTreeExplainer(model);
  if (explainRow === null) throw new Error("the forest of this section has covers, and yet it is not explained");
  const times_ms: number[] = [];
  for (let row = -WARM_UP; row < ROWS; row++) {
    const x = Float32Array.from({ length: WIDTH }, () => (random() < 1 / 50 ? Number.NaN : 2 * random() - 1));
    const began = performance.now();
    explainRow(x);
    if (row >= 0) times_ms.push(performance.now() - began);
  }
  const { p50_ms, p95_ms, p99_ms } = timingsOf(times_ms);
  const text = `p50 ${digits(p50_ms)} ms, p95 ${digits(p95_ms)} ms, p99 ${digits(p99_ms)} ms`;
  return { label: `${trees} trees of depth ${depth}`, text, values: { p50_ms, p95_ms, p99_ms } };
}
