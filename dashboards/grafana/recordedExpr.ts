import { readFileSync } from "node:fs";
import { parse } from "yaml";

/**
 * What a recording rule of dashboards/prometheus/recording.yml records: it stands there and nowhere else. A panel asks it rather than the
 * recorded series, which a Prometheus without our rules does not have.
 */
export function recordedExpr(record: string): string {
  const text = readFileSync(new URL("../prometheus/recording.yml", import.meta.url), "utf8");
  const { groups } = parse(text) as { groups: { rules: { record: string; expr: string }[] }[] };
  const rule = groups.flatMap(({ rules }) => rules).find((one) => one.record === record);
  if (rule === undefined) throw new Error(`dashboards/prometheus/recording.yml records no ${record}.`);
  return rule.expr;
}
