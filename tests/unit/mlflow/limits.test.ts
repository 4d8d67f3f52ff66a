import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/errors.ts";
import { artifactKeyOf, requireArtifactPath } from "../../../shared/mlflow/artifactKey.ts";
import {
  experimentTagOf,
  paramOf,
  registryTagOf,
  requireBatch,
  requireExperimentName,
  requireKey,
  requireLength,
  requireMaxResults,
  runTagOf,
} from "../../../shared/mlflow/limits.ts";
import { MLFLOW_ERRORS } from "../../../shared/mlflow/mlflowErrors.ts";

const REFUSED = expect.objectContaining({ details: { error_code: "INVALID_PARAMETER_VALUE" } });

describe("MLflow's limits (mlflow/utils/validation.py)", () => {
  it.each<[string, () => unknown]>([
    ["a key of 250 characters", () => requireKey("k".repeat(250), "the key")],
    ["a text of its limit", () => requireLength("abc", 3, "value")],
    ["an experiment's tag of 20,000 characters", () => experimentTagOf({ key: "k", value: "v".repeat(20_000) })],
    ["a model's tag of 100,000 characters", () => registryTagOf({ key: "k", value: "v".repeat(100_000) })],
    ["an experiment's name of 500 characters", () => requireExperimentName("e".repeat(500))],
    ["a batch of 1,000 metrics", () => requireBatch(1_000, 0, 0)],
    ["a batch of 100 parameters and 100 tags", () => requireBatch(800, 100, 100)],
    ["one row a page", () => requireMaxResults(1)],
    ["50,000 rows a page", () => requireMaxResults(50_000)],
    ["as many rows a page as are allowed", () => requireMaxResults(10, 10)],
  ])("allow %s", (_what, ask) => {
    expect(ask).not.toThrow();
  });

  it.each<[string, () => unknown, RegExp]>([
    ["a key of 251 characters", () => requireKey("k".repeat(251), "the key"), /'the key' exceeds the maximum length of 250/],
    ["a key that leads elsewhere", () => requireKey("../k", "the key"), /must not resolve to other names/],
    ["an experiment's tag of 20,001 characters", () => experimentTagOf({ key: "k", value: "v".repeat(20_001) }), /20000/],
    ["a model's tag of 100,001 characters", () => registryTagOf({ key: "k", value: "v".repeat(100_001) }), /100000/],
    ["no name of an experiment", () => requireExperimentName(""), /Invalid experiment name: ''/],
    ["an experiment's name of 501 characters", () => requireExperimentName("e".repeat(501)), /500/],
    ["a batch of 1,001 metrics", () => requireBatch(1_001, 0, 0), /at most 1000 metrics\. Got 1001 metrics/],
    ["a batch of 101 parameters", () => requireBatch(0, 101, 0), /at most 100 params\. Got 101 params/],
    ["a batch of 101 tags", () => requireBatch(0, 0, 101), /at most 100 tags\. Got 101 tags/],
    ["a batch of 1,001 of all", () => requireBatch(801, 100, 100), /at most 1000 metrics, params, and tags\. Got 1001/],
    ["no rows a page", () => requireMaxResults(0), /at least 1 and at most 50000/],
    ["50,001 rows a page", () => requireMaxResults(50_001), /at least 1 and at most 50000/],
    ["a number of rows that is none", () => requireMaxResults(Number.NaN), /max_results/],
  ])("refuse %s", (_what, ask, message) => {
    expect(ask).toThrow(REFUSED);
    expect(ask).toThrow(message);
  });

  it("cut what a run's parameters and tags have too much", () => {
    expect(paramOf({ key: "k", value: "v".repeat(6_001) }).value).toHaveLength(6_000);
    expect(runTagOf({ key: "k", value: "v".repeat(8_001) }).value).toHaveLength(8_000);
  });
});

describe("the path of an artifact", () => {
  it("is a key of its own of what clients write, and the pipelines' own of what they did", () => {
    expect(artifactKeyOf("1/abc/artifacts/model.json")).toBe("mlflow/1/abc/artifacts/model.json");
    expect(artifactKeyOf("models/abc/artifacts/model.json")).toBe("models/abc/artifacts/model.json");
    expect(artifactKeyOf("models")).toBe("models");
    expect(artifactKeyOf("modelsabc")).toBe("mlflow/modelsabc");
  });

  it.each(["1/abc/artifacts/model.json", "1/a b/ü", "a", "a~"])("%j may be one", (path) => {
    expect(requireArtifactPath(path)).toBe(path);
  });

  it.each(["", "/a", "a/", "a//b", "a/../b", ".", "a\\b", "a\u0000b", "a\u001fb", "a\u007fb", "\nab"])("%j is refused", (path) => {
    expect(() => requireArtifactPath(path)).toThrow(REFUSED);
  });

  it("is at most as long as a key of R2, in bytes", () => {
    const room = 1_024 - artifactKeyOf("a").length + 1;
    expect(requireArtifactPath("a".repeat(room))).toHaveLength(room);
    expect(() => requireArtifactPath("a".repeat(room + 1))).toThrow(REFUSED);
    expect(() => requireArtifactPath("ü".repeat(room / 2 + 1))).toThrow(REFUSED);
  });
});

describe("an error as MLflow's clients read it", () => {
  it.each<[string, AppError, string]>([
    [
      "one that says its code",
      new AppError("not_found", "x", { status: 404, details: { error_code: "RESOURCE_DOES_NOT_EXIST" } }),
      "RESOURCE_DOES_NOT_EXIST",
    ],
    ["no right", new AppError("forbidden", "x", { status: 403 }), "PERMISSION_DENIED"],
    ["no password", new AppError("forbidden", "x", { status: 401 }), "UNAUTHENTICATED"],
    ["a request that is wrong", new AppError("invalid_request", "x", { status: 400 }), "INVALID_PARAMETER_VALUE"],
    ["a store that does not answer", new AppError("store_unavailable", "x", { status: 503 }), "TEMPORARILY_UNAVAILABLE"],
    ["a fault of the server", new AppError("internal", "x", { status: 500 }), "INTERNAL_ERROR"],
    ["another fault of the client", new AppError("object_conflict", "x", { status: 409 }), "BAD_REQUEST"],
  ])("%s", (_what, error, error_code) => {
    expect(MLFLOW_ERRORS.bodyOf(error)).toEqual({ error_code, message: "x" });
  });

  it("is of no status that a client repeats or does not know", () => {
    expect([400, 404, 413, 422, 500, 503].map((status) => MLFLOW_ERRORS.statusOf?.(status))).toEqual([400, 404, 400, 400, 500, 503]);
  });
});
