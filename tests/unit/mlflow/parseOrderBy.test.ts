import { expect, it } from "vitest";
import { parseOrderBy } from "../../../shared/mlflow/filter/parseOrderBy.ts";
import { EXPERIMENT_RULES, REGISTERED_MODEL_RULES, RUN_RULES } from "../../../shared/mlflow/filter/searchRules.ts";

it.each<[string, unknown]>([
  ["metrics.auc DESC", ["metric", "auc", true]],
  ["metrics.`val loss` asc", ["metric", "val loss", false]],
  ["attributes.start_time", ["attribute", "start_time", false]],
  ["start_time DESC", ["attribute", "start_time", true]],
  ["created DESC", ["attribute", "start_time", true]],
  ['params."a b" DESC', ["param", "a b", true]],
  ["tags.mlflow.runName", ["tag", "mlflow.runName", false]],
])("%s", (clause, expected) => {
  const [order] = parseOrderBy([clause], RUN_RULES);
  expect([order?.kind, order?.key, order?.is_descending]).toEqual(expected);
});

it.each<[readonly string[], RegExp]>([
  [["metrics.auc DOWN"], /Invalid order_by clause/],
  [["metrics.auc DESC NULLS LAST"], /Invalid order_by clause/],
  [[""], /Invalid order_by clause/],
  [["nothing"], /Invalid order by key/],
  [["dataset.name"], /entity/],
  [["start_time", "created DESC"], /duplicate/],
  [["start_time; DROP TABLE runs"], /Invalid order_by clause/],
])("%j is refused with the reason", (order_by, reason) => {
  expect(() => parseOrderBy(order_by, RUN_RULES)).toThrow(reason);
});

it("knows what other things can be ordered by", () => {
  expect(parseOrderBy(["timestamp DESC"], REGISTERED_MODEL_RULES)[0]?.key).toBe("last_updated_timestamp");
  expect(() => parseOrderBy(["tags.a"], EXPERIMENT_RULES)).toThrow(/entity/);
});
