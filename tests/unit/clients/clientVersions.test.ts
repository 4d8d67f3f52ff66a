import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { wheelCatalog } from "../../../gpu-sidecar/xgboost/wheelCatalog.ts";

it("Python's XGBoost of the training bench is the version that the sidecar trains by", () => {
  const wanted = readFileSync(new URL("../../clients/xgboost.txt", import.meta.url), "utf8");
  expect(wanted).toContain(`\nxgboost-cpu==${wheelCatalog.version}\n`);
});
