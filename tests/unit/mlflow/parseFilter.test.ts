import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/errors.ts";
import { parseFilter } from "../../../shared/mlflow/filter/parseFilter.ts";
import { withoutQuotes } from "../../../shared/mlflow/filter/readName.ts";
import {
  EXPERIMENT_RULES,
  LOGGED_MODEL_RULES,
  MODEL_VERSION_RULES,
  REGISTERED_MODEL_RULES,
  RUN_RULES,
  type SearchRules,
} from "../../../shared/mlflow/filter/searchRules.ts";

const runs = (filter: string) => parseFilter(filter, RUN_RULES).map(({ kind, key, comparator, value }) => [kind, key, comparator, value]);

describe("a filter of runs", () => {
  it.each<[string, unknown[]]>([
    ["metrics.auc > 0.5", [["metric", "auc", ">", 0.5]]],
    ["metric.auc>=-1e-3", [["metric", "auc", ">=", -0.001]]],
    ["metrics.`val loss` != .5", [["metric", "val loss", "!=", 0.5]]],
    ['metrics."a.b/c" < 1.', [["metric", "a.b/c", "<", 1]]],
    ["params.abba = 'x'", [["param", "abba", "=", "x"]]],
    ["params.eta = '0.1'", [["param", "eta", "=", "0.1"]]],
    ['parameters.eta != "0.1"', [["param", "eta", "!=", "0.1"]]],
    ["param.p LIKE 'a%'", [["param", "p", "LIKE", "a%"]]],
    ["tags.mlflow.source.name ilike '%TRAIN%'", [["tag", "mlflow.source.name", "ILIKE", "%TRAIN%"]]],
    ["tags.`mlflow.parentRunId` IS NULL", [["tag", "mlflow.parentRunId", "IS NULL", null]]],
    ["params.x is not null", [["param", "x", "IS NOT NULL", null]]],
    ["attributes.status = 'FINISHED'", [["attribute", "status", "=", "FINISHED"]]],
    ["attr.start_time >= 1664067852747", [["attribute", "start_time", ">=", 1_664_067_852_747]]],
    ["status != 'FAILED'", [["attribute", "status", "!=", "FAILED"]]],
    ["run.\"Run name\" = 'a'", [["attribute", "run_name", "=", "a"]]],
    ["Created < 5", [["attribute", "start_time", "<", 5]]],
    ["run_id IN ('a', \"b\",'c')", [["attribute", "run_id", "IN", ["a", "b", "c"]]]],
    ["attributes.run_id NOT IN ('a')", [["attribute", "run_id", "NOT IN", ["a"]]]],
    ["dataset.name = 'd'", [["dataset", "name", "=", "d"]]],
    ["datasets.context IN ('train')", [["dataset", "context", "IN", ["train"]]]],
    ["tags.a = 'it''s AND tags.b'", [["tag", "a", "=", "it''s AND tags.b"]]],
    [
      "tags.order = 'x' and params.`and` = 'y'",
      [
        ["tag", "order", "=", "x"],
        ["param", "and", "=", "y"],
      ],
    ],
    [
      "  metrics.a > 1\n AND tags.b = 'c' ",
      [
        ["metric", "a", ">", 1],
        ["tag", "b", "=", "c"],
      ],
    ],
    ["tags.`名前` = '値'", [["tag", "名前", "=", "値"]]],
    ["", []],
  ])("%s", (filter, conditions) => {
    expect(runs(filter)).toEqual(conditions);
  });

  it.each<[string, RegExp]>([
    ["params.x IS NOT 'a'", /a comparison was expected, and there is 'IS'/],
    ["params.x IS a NULL", /a comparison was expected, and there is 'IS'/],
    ["params.x LIKE NOT NULL", /Expected a quoted string/],
    ["run_id NOT LIKE ('a')", /a comparison was expected, and there is 'NOT'/],
    ["run_id HAS IN ('a')", /a comparison was expected, and there is 'HAS'/],
    ["status matches 'a'", /a comparison was expected, and there is 'matches'/],
    ["'a' = 'it", /the quote ' at character 7 is not closed/],
    ["metrics.a > 1 OR metrics.b > 1", /Invalid clause\(s\) in filter string: 'OR'/],
    ["(metrics.a > 1)", /Invalid clause/],
    ["metrics.a > 1 AND", /AND/],
    ["metrics.a > 'x'", /numeric/],
    ["metrics.a LIKE 'x'", /Invalid comparator/],
    ["params.a > '1'", /Invalid comparator/],
    ["params.a = 1", /quoted string/],
    ["params.a = abc", /quoted string/],
    ["params.a = `abc`", /quoted string/],
    ["start_time = 'x'", /numeric/],
    ["start_time LIKE 'x'", /Invalid comparator/],
    ["status IN ('FINISHED')", /Invalid comparator/],
    ["run_id IN ()", /non-empty list/],
    ["run_id IN )", /non-empty list/],
    ["run_id IN ['a')", /non-empty list/],
    ["run_id IN ('a'", /non-empty list/],
    ["run_id IN ('a' 'b')", /non-empty list/],
    ["run_id IN ('a',)", /non-empty list/],
    ["run_id IN (1)", /non-empty list/],
    ["run_id IN 'a'", /non-empty list/],
    ["params.a IN ('x')", /Invalid comparator/],
    ["metrics.a IS NULL", /tag and param/],
    ["nothing = 'x'", /Invalid attribute key 'nothing'/],
    ["thing.a = 'x'", /Invalid entity type 'thing'/],
    ["constructor.a = 'x'", /Invalid entity type/],
    ["toString = 'x'", /Invalid attribute key/],
    ["dataset.size = 'x'", /Invalid dataset key/],
    ["tags.a = 'x", /not closed/],
    ["tags.a", /comparison/],
    ["tags.a == 'x'", /Invalid comparator/],
    ["'x' = tags.a", /Invalid clause/],
    ["tags.a = 'x' tags.b = 'y'", /Invalid clause/],
    ["tags.a = 'x'; DROP TABLE runs", /Invalid clause/],
    [Array.from({ length: 101 }, (_, i) => `tags.a = '${i}'`).join(" AND "), /100/],
    [`tags.a = '${"x".repeat(50_000)}'`, /characters/],
  ])("%s is refused with the reason", (filter, reason) => {
    expect(() => runs(filter)).toThrow(reason);
    expect(() => runs(filter)).toThrow(expect.objectContaining({ status: 400, details: { error_code: "INVALID_PARAMETER_VALUE" } }));
  });
});

it("a filter may have fifty thousand characters", () => {
  const filter = (length: number) => `tags.a = '${"x".repeat(length - 11)}'`;
  expect(runs(filter(50_000))).toHaveLength(1);
  expect(() => runs(filter(50_001))).toThrow("The filter has 50001 characters; 50000 are read at most.");
});

it.each([
  ["'a'", "a"],
  ['"a"', "a"],
  ["`a`", "a"],
  ["''", ""],
  ["'", "'"],
  ["", ""],
  ["'a", "'a"],
  ["a'", "a'"],
  ["'a\"", "'a\""],
  ["aba", "aba"],
])("%s without its quotes is %j", (text, expected) => {
  expect(withoutQuotes(text)).toBe(expected);
});

it("a filter may have a hundred conditions", () => {
  expect(runs(Array.from({ length: 100 }, (_, i) => `tags.a = '${i}'`).join(" AND "))).toHaveLength(100);
});

it.each<[string, SearchRules, string, unknown]>([
  ["experiments", EXPERIMENT_RULES, "name ILIKE '%Alpha%'", ["attribute", "name", "ILIKE", "%Alpha%"]],
  ["experiments", EXPERIMENT_RULES, "tags.`mlflow.experiment.isGateway` IS NULL", ["tag", "mlflow.experiment.isGateway", "IS NULL", null]],
  ["experiments", EXPERIMENT_RULES, "creation_time > 5", ["attribute", "creation_time", ">", 5]],
  ["models", REGISTERED_MODEL_RULES, "tag.`mlflow.prompt.is_prompt` != 'true'", ["tag", "mlflow.prompt.is_prompt", "!=", "true"]],
  ["versions", MODEL_VERSION_RULES, "version_number >= 3", ["attribute", "version", ">=", 3]],
  ["versions", MODEL_VERSION_RULES, "run_id IN ('a','b')", ["attribute", "run_id", "IN", ["a", "b"]]],
  ["versions", MODEL_VERSION_RULES, "source_path = 's'", ["attribute", "source", "=", "s"]],
  ["logged models", LOGGED_MODEL_RULES, "attributes.model_id IN ('m-1')", ["attribute", "model_id", "IN", ["m-1"]]],
  ["logged models", LOGGED_MODEL_RULES, "creation_time < 9", ["attribute", "creation_timestamp_ms", "<", 9]],
])("a filter of %s", (_what, rules, filter, expected) => {
  const [found] = parseFilter(filter, rules);
  expect([found?.kind, found?.key, found?.comparator, found?.value]).toEqual(expected);
});

describe("whatever is written", () => {
  it("is read or refused as the caller's fault, and never breaks", () => {
    const piece = fc.constantFrom(
      "metrics.a",
      "tags.`b c`",
      "status",
      "=",
      "!=",
      ">",
      "LIKE",
      "IN",
      "NOT",
      "IS",
      "NULL",
      "AND",
      "OR",
      "1",
      "-.5",
      "'x'",
      '"y"',
      "(",
      ")",
      ",",
      "'",
      "`",
      ";",
      " ",
    );
    const filters = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(piece, { maxLength: 14 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(filters, (filter) => {
        try {
          parseFilter(filter, RUN_RULES);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).status).toBe(400);
        }
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it("a key and a value in quotes come out as they went in", () => {
    const key = fc.string({ minLength: 1, unit: "binary" }).filter((one) => !/[`]/.test(one));
    const value = fc.string({ unit: "binary" }).filter((one) => !/['\\]/.test(one));
    fc.assert(
      fc.property(key, value, fc.double({ noNaN: true, noDefaultInfinity: true }), (name, text, limit) => {
        expect(runs(`tags.\`${name}\` = '${text}' AND metrics.\`${name}\` < ${limit}`)).toEqual([
          ["tag", name, "=", text],
          ["metric", name, "<", limit + 0],
        ]);
      }),
      { numRuns: 500, seed: 8 },
    );
  });
});
