import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doubleSchema, int64Schema, toWireDouble } from "../../../shared/contracts/mlflow/wire.ts";
import { artifactPathOf, artifactUriOf, isOfPipelines, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { canonicalPath } from "../../../shared/mlflow/canonicalPath.ts";
import { isPlainPath, requireExperimentId, requireKey } from "../../../shared/mlflow/limits.ts";
import { offsetOf, pageOf } from "../../../shared/mlflow/pageToken.ts";
import { runNameOf } from "../../../shared/mlflow/runName.ts";
import { sampleSteps } from "../../../shared/mlflow/sampleSteps.ts";

it.each([
  ["/api/2.0/mlflow/runs/get?run_id=1", "/api/2.0/mlflow/runs/get"],
  ["/ajax-api/2.0/mlflow/runs/search", "/api/2.0/mlflow/runs/search"],
  ["/mlflow/api/2.0/mlflow/runs/get#x", "/api/2.0/mlflow/runs/get"],
  ["/mlflow/ajax-api/3.0/mlflow/server-info", "/api/3.0/mlflow/server-info"],
  ["/api/2.0/mlflow-artifacts/artifacts/1/a%20b/c%25d", "/api/2.0/mlflow-artifacts/artifacts/1%2Fa%20b%2Fc%25d"],
  ["/mlflow/api/2.0/mlflow-artifacts/artifacts?path=a/b", "/api/2.0/mlflow-artifacts/artifacts"],
  ["/api/2.0/mlflow-artifacts/mpu/create/1/a", "/api/2.0/mlflow-artifacts/mpu/create/1%2Fa"],
  ["/mlflow/nothing", "/mlflow/nothing"],
  ["/mlflowish/api/2.0/mlflow/runs/get", "/mlflowish/api/2.0/mlflow/runs/get"],
  ["/api/models/a%20b", "/api/models/a b"],
])("%s is routed as %s", (path, expected) => {
  expect(canonicalPath(new Request(`http://localhost:8787${path}`))).toBe(expected);
});

describe("numbers", () => {
  it.each([
    [int64Schema, 5, 5],
    [int64Schema, "1795410362561", 1_795_410_362_561],
    [int64Schema, "-1", -1],
    [doubleSchema, "NaN", Number.NaN],
    [doubleSchema, "-Infinity", Number.NEGATIVE_INFINITY],
    [doubleSchema, "1e-3", 0.001],
    [doubleSchema, 0.1, 0.1],
  ])("%o reads %j as %s", (schema, sent, expected) => {
    expect(schema.parse(sent)).toBe(expected);
  });

  it.each([
    [int64Schema, "1.5"],
    [int64Schema, 1.5],
    [int64Schema, ""],
    [doubleSchema, "abc"],
    [doubleSchema, true],
  ])("%o does not read %j", (schema, sent) => {
    expect(schema.safeParse(sent).success).toBe(false);
  });

  it("are answered as MLflow's database has them", () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5].map(toWireDouble)).toEqual([
      "NaN",
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      0.5,
    ]);
  });
});

describe("pages", () => {
  it("of exactly as many rows as fit have no next one", () => {
    expect(pageOf([1, 2], { limit: 2, offset: 0 })).toEqual({ rows: [1, 2] });
    expect(offsetOf(pageOf([1, 2, 3], { limit: 2, offset: 4 }).next_page_token)).toBe(6);
  });

  it("have a token only when more rows exist, and it leads to them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }), (total, limit) => {
        const all = Array.from({ length: total }, (_, index) => index);
        const read: number[] = [];
        let token: string | undefined;
        do {
          const offset = offsetOf(token);
          const page = pageOf(all.slice(offset, offset + limit + 1), { limit, offset });
          expect(page.rows.length).toBeLessThanOrEqual(limit);
          read.push(...page.rows);
          token = page.next_page_token;
        } while (token !== undefined);
        expect(read).toEqual(all);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it.each([
    "x",
    btoa("{}"),
    btoa('{"offset": -1}'),
    btoa('{"offset": 0}'),
    btoa('{"offset": 1.5}'),
    btoa('{"offset": "5"}'),
    btoa('{"offset": "a"}'),
    btoa("null"),
    "%%%",
  ])("a token %j is refused", (token) => {
    expect(() => offsetOf(token)).toThrow(/Invalid page token/);
  });
});

describe("names", () => {
  it.each(["a", "a/b", "a.b-c_d e:f", "é名"])("%j may be a key", (key) => expect(requireKey(key, "key")).toBe(key));
  it.each(["", "/a", "a//b", "../a", "a/..", ".", "a$", "a\n", "x".repeat(251)])("%j may not", (key) => {
    expect(() => requireKey(key, "key")).toThrow(expect.objectContaining({ status: 400 }));
  });
  it.each(["a/b", "a b", "..a"])("%j is a plain path", (path) => expect(isPlainPath(path)).toBe(true));
  it.each(["", "/", "a/", "a/../b", "./a", "a//b"])("%j is none", (path) => expect(isPlainPath(path)).toBe(false));
  it("an experiment's id is a number", () => {
    expect(requireExperimentId("01")).toBe("1");
    expect(() => requireExperimentId("x")).toThrow(/must be a valid integer/);
  });
  it("a run's name is that of its id in every release: 31 times 7, and the 48 of its 0, are 265", () => {
    // 265 = 16 x 16 + 9: the tenth quality, and the first thing.
    expect(runNameOf("0")).toBe("late-anchor-265");
  });

  it("a run without a name is given one by its id, the same each time", () => {
    expect(runNameOf("abc")).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(runNameOf("abc")).toBe(runNameOf("abc"));
    const names = Array.from({ length: 400 }, (_, i) => runNameOf(`${i}f3e5d7c9b1a`).split("-"));
    for (const place of [0, 1] as const) {
      const words = new Set(names.map((parts) => parts[place]!));
      expect(words.size).toBe(16);
      expect(words).not.toContain("undefined");
    }
  });
});

it("places of files are told as MLflow's clients ask for them", () => {
  expect(artifactUriOf("models/r/artifacts")).toBe("mlflow-artifacts:/models/r/artifacts");
  expect([isOfPipelines("models/r/artifacts"), isOfPipelines("mlflow-artifacts:/models/r")]).toEqual([true, false]);
  expect(artifactPathOf("mlflow-artifacts:/1/r/artifacts")).toBe("1/r/artifacts");
  expect(artifactPathOf("models/r/artifacts")).toBe("models/r/artifacts");
  expect(artifactPathOf("s3://bucket/a")).toBeNull();
  expect(joinLocation("mlflow-artifacts:/1/", "r", "artifacts")).toBe("mlflow-artifacts:/1/r/artifacts");
});

it("steps of a stride that is no whole number are those before it", () => {
  expect(sampleSteps({ all: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], ends: [19] }, 4)).toEqual([10, 12, 15, 17, 19]);
});

it("steps are thinned out evenly, with the ends of every run", () => {
  const all = Array.from({ length: 1_000 }, (_, step) => step);
  const sampled = sampleSteps({ all, ends: [0, 999, 7, 501] }, 10);
  expect(sampled).toEqual([0, 7, 100, 200, 300, 400, 500, 501, 600, 700, 800, 900, 999]);
  expect(sampleSteps({ all: [1, 2], ends: [1, 2] }, 10)).toEqual([1, 2]);
});
