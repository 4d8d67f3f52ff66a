import { describe, expect, it } from "vitest";
import { versionBefore, wasLetIn } from "../../../shared/models/productionTerms.ts";

type Line = readonly [version: string, to: string, kind: "pipeline" | "person" | "mlflow" | "unknown", reason?: string];
const moves = (lines: readonly Line[]) =>
  lines.map(([version, to_stage, kind, reason = "passed its checks in r"], index) => ({
    ...{ version, to_stage: to_stage as "Production", effective_at: index, reason },
    by: { kind, name: "x" },
  }));

describe("versions that were let into Production", () => {
  it.each<[string, readonly Line[], boolean]>([
    ["by the gate", [["1", "Production", "pipeline"]], true],
    ["by a person", [["1", "Production", "person", "promote: I want it"]], true],
    ["as another", [["2", "Production", "pipeline"]], false],
    ["into Staging only", [["1", "Staging", "pipeline"]], false],
    ["by a client, with the gate's words", [["1", "Production", "mlflow"]], false],
    ["by nobody knows whom", [["1", "Production", "unknown"]], false],
    ["by a pipeline for another reason", [["1", "Production", "pipeline", "test"]], false],
  ])("%s", (_how, lines, is_let_in) => expect(wasLetIn(moves(lines), "1")).toBe(is_let_in));

  it.each<[string, readonly Line[], string | null]>([
    ["nothing came before", [["3", "Production", "pipeline"]], null],
    [
      "one came before",
      [
        ["1", "Production", "pipeline"],
        ["1", "Archived", "pipeline"],
        ["3", "Production", "pipeline"],
      ],
      "1",
    ],
    [
      "several: the last",
      [
        ["1", "Production", "pipeline"],
        ["2", "Production", "pipeline"],
        ["3", "Production", "pipeline"],
      ],
      "2",
    ],
    [
      "it was there twice",
      [
        ["3", "Production", "pipeline"],
        ["2", "Production", "pipeline"],
        ["3", "Production", "person"],
      ],
      "2",
    ],
    [
      "one that nobody let in is none",
      [
        ["1", "Production", "pipeline"],
        ["2", "Production", "unknown"],
        ["3", "Production", "pipeline"],
      ],
      "1",
    ],
    [
      "one put back by a client is one",
      [
        ["1", "Production", "pipeline"],
        ["2", "Production", "pipeline"],
        ["1", "Production", "mlflow"],
        ["3", "Production", "pipeline"],
      ],
      "1",
    ],
    [
      "what came after it is none",
      [
        ["1", "Production", "pipeline"],
        ["3", "Production", "pipeline"],
        ["2", "Production", "pipeline"],
        ["3", "Archived", "pipeline"],
      ],
      "1",
    ],
    [
      "one that was only staged before, and let in later, is none",
      [
        ["1", "Production", "pipeline"],
        ["2", "Staging", "pipeline"],
        ["3", "Production", "pipeline"],
        ["2", "Production", "pipeline"],
      ],
      "1",
    ],
    [
      "a later one is none",
      [
        ["3", "Production", "pipeline"],
        ["4", "Staging", "pipeline"],
      ],
      null,
    ],
  ])("before the present one: %s", (_case, lines, before) => expect(versionBefore(moves(lines), "3")).toBe(before));
});
