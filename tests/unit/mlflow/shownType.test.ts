import { expect, it } from "vitest";
import { shownType } from "../../../shared/mlflow/shownType.ts";

it.each([
  ["roc.png", "image/png"],
  ["plots/ROC.PNG", "image/png"],
  ["plots/roc.v2.svg", "image/svg+xml"],
  ["report.html", "text/plain"],
  ["model/MLmodel", "text/plain"],
  ["MLmodel", "text/plain"],
  ["model/MLmodel.bin", "application/octet-stream"],
  ["model.json", "text/plain"],
  ["png", "application/octet-stream"],
  ["json", "application/octet-stream"],
  ["plots.png/raw", "application/octet-stream"],
  ["model.onnx", "application/octet-stream"],
  ["json.", "application/octet-stream"],
])("%s is shown as %s", (path, type) => {
  expect(shownType(path)).toBe(type);
});
