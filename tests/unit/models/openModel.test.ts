import { expect, it } from "vitest";
import { openModel } from "../../../shared/models/openModel.ts";
import type { OnnxRuntime } from "../../../shared/ports/onnxRuntime.ts";
import { probabilityOf, tinyModel } from "../../support/models/tinyModel.ts";

const opened: { width: number; bytes: number }[] = [];
const onnx: OnnxRuntime = {
  install: async () => {},
  open: async (_key, model, width) => {
    opened.push({ width, bytes: model.length });
    return { ask: async (matrix) => matrix.map((value) => value / 10).slice(0, matrix.length / width) };
  },
};

it("trees are asked here, and ONNX by its runtime", async () => {
  const feature_names = ["a", "b"];
  const trees = await openModel(
    { format: "xgboost", feature_names },
    tinyModel(feature_names, { feature: 1, threshold: 0, left: -1, right: 1 }),
    onnx,
  );
  expect(opened).toEqual([]);
  expect(await trees.score(Float32Array.of(0, 1))).toBe(probabilityOf(1));
  expect([...(await trees.ask(Float32Array.of(0, 1, 0, -1)))]).toEqual([probabilityOf(1), probabilityOf(-1)]);

  const contributions = trees.explain(Float32Array.of(0, 1));
  expect(contributions).toEqual({ margin: 1, bias: -0.5, contributions: Float64Array.of(0, 1.5) });
  expect(trees.explain(Float32Array.of(0, 1))).toEqual(contributions);

  const other = await openModel({ format: "onnx", feature_names }, Uint8Array.of(1, 2, 3), onnx);
  expect(opened).toEqual([{ width: 2, bytes: 3 }]);
  expect(await other.score(Float32Array.of(5, 1))).toBe(0.5);
  expect(await other.ask(Float32Array.of(5, 1, 2.5, 0))).toHaveLength(2);
  expect(other.explain(Float32Array.of(5, 1))).toEqual({ reason: expect.stringMatching(/served from ONNX/) });
});

it("trees of a file without covers say why there are no contributions", async () => {
  const file = JSON.parse(new TextDecoder().decode(tinyModel(["a"], { feature: 0, threshold: 0, left: -1, right: 1 })));
  delete file.learner.gradient_booster.model.trees[0].sum_hessian;
  const { explain, score } = await openModel(
    { format: "xgboost", feature_names: ["a"] },
    new TextEncoder().encode(JSON.stringify(file)),
    onnx,
  );
  for (let asked = 0; asked < 2; asked++) expect(explain(Float32Array.of(1))).toEqual({ reason: expect.stringMatching(/sum_hessian/) });
  expect(await score(Float32Array.of(1))).toBe(probabilityOf(1));
});
