import { parser } from "@prometheus-io/lezer-promql";

/** What Prometheus' own grammar makes of an expression. */
export interface PromqlFacts {
  /** Names of series, in the order in which they stand. */
  readonly metrics: readonly string[];
  /** Ranges as they are written: 5m. */
  readonly ranges: readonly string[];
}

/** Throws with the place where the expression is none. */
export function readPromql(expression: string): PromqlFacts {
  const tree = parser.parse(expression);
  const metrics: string[] = [];
  const ranges: string[] = [];
  tree.iterate({
    enter({ type, from, to, node }) {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`"${expression}" is no PromQL: see "${expression.slice(Math.max(0, from - 20), to + 20)}"`);
      if (type.name === "VectorSelector") {
        const name = node.getChild("Identifier");
        if (name) metrics.push(expression.slice(name.from, name.to));
      }
      if (type.name === "MatrixSelector") ranges.push(/\[([^\]]+)\]$/.exec(text)?.[1] ?? text);
    },
  });
  return { metrics, ranges };
}
