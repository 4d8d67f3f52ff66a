import { describe, expect, it } from "vitest";
import {
  isActiveStage,
  requireAlias,
  requireFreeAlias,
  requireModelName,
  requireStage,
  requireVersionNumber,
} from "../../../shared/mlflow/modelNames.ts";
import { type ModelSource, readModelSource } from "../../../shared/mlflow/modelSource.ts";

const REFUSED = expect.objectContaining({ details: { error_code: "INVALID_PARAMETER_VALUE" } });

describe("the source of a version", () => {
  it.each<[string, ModelSource]>([
    ["models:/m-4f2c9a", { type: "logged_model", model_id: "m-4f2c9a" }],
    ["models:m-4f2c9a", { type: "logged_model", model_id: "m-4f2c9a" }],
    ["models:/eur/7", { type: "version", name: "eur", version: "7" }],
    ["models:/m-4f2c9a/7", { type: "version", name: "m-4f2c9a", version: "7" }],
    ["runs:/abc/model", { type: "run", run_id: "abc", path: "model" }],
    ["runs:/abc/a/b", { type: "run", run_id: "abc", path: "a/b" }],
    ["runs:/abc", { type: "run", run_id: "abc", path: "" }],
    ["mlflow-artifacts:/1/abc/artifacts/model", { type: "artifacts" }],
    ["s3://bucket/model", { type: "elsewhere" }],
    ["s3://bucket/a..b", { type: "elsewhere" }],
    ["https://example.com/%2/x", { type: "elsewhere" }],
    [`s3://bucket/%${"25".repeat(3)}41/b`, { type: "elsewhere" }],
  ])("%s is read", (source, expected) => {
    expect(readModelSource(source)).toEqual(expected);
  });

  it.each([
    ["/var/model"],
    ["model"],
    ["file:///var/model"],
    ["FILE:///var/model"],
    ["models:/"],
    ["models:/eur"],
    ["models:/eur/latest"],
    ["models:/eur/7/more"],
    ["models:/eur/7/"],
    ["models:/m-4f2c9a/"],
    ["runs:"],
    ["runs:abc"],
    ["runs://model"],
    ["runs:/abc/../def"],
    ["s3://bucket/.."],
    ["s3://bucket/a?x/../y"],
    ["s3://bucket/a#../y"],
    ["s3://bucket/a\\..\\b"],
    ["s3://bucket/%2e%2e/b"],
    ["s3://bucket/%252e%252e/b"],
    [`s3://bucket/%${"25".repeat(9)}2e./b`],
    [`s3://bucket/%${"25".repeat(4)}41/b`],
  ])("%s is refused", (source) => {
    expect(() => readModelSource(source)).toThrow(REFUSED);
  });
});

describe("the names of models, versions and aliases", () => {
  it.each<[string, (text: string) => string, string, string]>([
    ["a model", requireModelName, "EUR_USD H1", "EUR_USD H1"],
    ["a model of three dots", requireModelName, "...", "..."],
    ["a model of 256 characters", requireModelName, "m".repeat(256), "m".repeat(256)],
    ["a version", requireVersionNumber, "007", "7"],
    ["an alias", requireAlias, "champion-2_b", "champion-2_b"],
    ["an alias of 255 characters", requireAlias, "a".repeat(255), "a".repeat(255)],
    ["a free alias", requireFreeAlias, "v1b", "v1b"],
    ["a stage in another spelling", requireStage, "pRODUCTION", "Production"],
  ])("%s may be asked for", (_what, read, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each<[string, (text: string) => string, string]>([
    ["no name", requireModelName, ""],
    ["a blank name", requireModelName, " "],
    ["a name with a slash", requireModelName, "a/b"],
    ["a name with a colon", requireModelName, "a:b"],
    ["a dot", requireModelName, "."],
    ["two dots", requireModelName, ".."],
    ["a name of 257 characters", requireModelName, "m".repeat(257)],
    ["no version", requireVersionNumber, ""],
    ["a version of words", requireVersionNumber, "latest"],
    ["no alias", requireAlias, ""],
    ["an alias with a blank", requireAlias, "a b"],
    ["an alias of 256 characters", requireAlias, "a".repeat(256)],
    ["an alias with a meaning of its own", requireFreeAlias, "Latest"],
    ["an alias that looks like a version", requireFreeAlias, "V12"],
    ["an alias that is none", requireFreeAlias, ""],
    ["a stage that is none", requireStage, "Live"],
  ])("%s is refused", (_what, read, text) => {
    expect(() => read(text)).toThrow(REFUSED);
  });

  it("versions are used from Staging and Production", () => {
    expect((["None", "Staging", "Production", "Archived"] as const).map(isActiveStage)).toEqual([false, true, true, false]);
  });
});
