import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Calibrator, calibrate } from "../../shared/calibration/calibrator.ts";
import { datasetCollectionSchema } from "../../shared/contracts/objects.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import type { FxProcess } from "../support/stack/fxProcess.ts";
import { createFxWorkplace, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { pageScript } from "../support/stack/pageScript.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** A Python with the packages of tests/clients/requirements.txt; .ci/run makes one. */
const PYTHON = process.env["FX_TEST_PYTHON"] ?? "python3";
const DATABASE_ON_PAGE = "data/lake/sandbox/libsql/dbs/default/data";

function hasPackages(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import pandas, pyarrow, duckdb, xgboost, numpy"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${PYTHON} lacks pandas, pyarrow, duckdb, xgboost or numpy: the scripts of docs/your-data.md are not run.`);
    return false;
  }
}

describe.skipIf(!(await hasLibrary()) || !hasPackages())("the scripts of docs/your-data.md", () => {
  const workplace = createFxWorkplace();
  const store = workplace.store("own");
  let fx: FxProcess;
  let base: string;
  beforeAll(async () => {
    fx = await workplace.start(["serve", "--store", store, ...SMALL_HISTORY], SMALL);
    await fx.says(/Ctrl-C/);
    base = workplace.stackOf(store).worker_url;
  }, TIME_LIMIT_MS);
  afterAll(async () => {
    fx?.signal("SIGINT");
    await fx?.result;
    workplace.remove();
  }, TIME_LIMIT_MS);

  async function run(heading: string): Promise<string> {
    const script = pageScript(heading, base).replaceAll(DATABASE_ON_PAGE, join(store, "libsql/dbs/default/data"));
    const file = join(workplace.folder, "script.py");
    writeFileSync(file, script);
    return (await promisify(execFile)(PYTHON, [file], { cwd: workplace.folder })).stdout;
  }

  it(
    "pandas reads a training set, its times as times",
    async () => {
      expect((await run("pandas")).split("\n").length).toBeGreaterThan(20);
    },
    TIME_LIMIT_MS,
  );

  it(
    "DuckDB sums it up by month",
    async () => {
      expect(await run("DuckDB")).toMatch(/month.*rows.*up.*long_bp.*short_bp/);
    },
    TIME_LIMIT_MS,
  );

  it(
    "XGBoost gives the raw probability to the bit, and calibrated the served one",
    async () => {
      const [, served, own] = /^(?:none|platt|isotonic) served (\S+) recomputed (\S+)/.exec(await run("XGBoost")) ?? [];
      expect(Math.abs(Number(served) - Number(own))).toBeLessThan(1e-7);
    },
    TIME_LIMIT_MS,
  );

  it(
    "the page's formulas are those of every kind of calibrator, whichever the model of this stack has",
    async () => {
      const [formulas] = /^p = float\(raw\)\n[\s\S]*?(?=^print\()/m.exec(pageScript("XGBoost", base)) ?? [];
      const kinds: readonly Calibrator[] = [
        { kind: "none" },
        { kind: "platt", slope: 1.4, intercept: -0.02, rows: 9_000 },
        { kind: "isotonic", raw: [0.4, 0.45, 0.48, 0.55], calibrated: [0.35, 0.35, 0.5, 0.62], rows: 9_000 },
      ];
      const raws = Array.from({ length: 41 }, (_, step) => Math.fround(0.3 + step / 100));
      const file = join(workplace.folder, "formulas.py");
      const loop = `for how in kinds:\n  for raw in raws:\n${formulas!.replaceAll(/^(?=.)/gm, "    ")}    said.append(float(p))\n`;
      const given = `import json, numpy as np\nkinds, raws, said = ${JSON.stringify(kinds)}, ${JSON.stringify(raws)}, []\n`;
      writeFileSync(file, `${given}${loop}print(json.dumps(said))\n`);
      const said = JSON.parse((await promisify(execFile)(PYTHON, [file])).stdout) as number[];
      const own = kinds.flatMap((one) => raws.map((raw) => calibrate(one, raw)));
      for (const [index, p] of said.entries()) expect(Math.abs(p - own[index]!)).toBeLessThan(1e-7);
      expect(said).toHaveLength(own.length);
    },
    TIME_LIMIT_MS,
  );

  it(
    "every listed set and model file is there, and what is not is said",
    async () => {
      const { datasets } = datasetCollectionSchema.parse(await (await fetch(`${base}/api/datasets?instrument=EUR_USD&limit=1`)).json());
      const file = await fetch(`${base}${datasets[0]!.href}`);
      expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/vnd.apache.parquet"]);
      const model = `${base}/api/models/fx-eurusd-predictor/versions/1`;
      for (const name of [
        "model.ubj",
        "model.json",
        "model_card.json",
        "calibration.json",
        "MLmodel",
        "evaluation.json",
        "training_result.json",
      ]) {
        expect((await fetch(`${model}/${name}`)).status, name).toBe(200);
      }
      expect((await fetch(`${model}/other.txt`)).status).toBe(404);
      expect((await fetch(`${base}/api/datasets/abc.parquet`)).status).toBe(422);
      expect((await fetch(`${base}/api/datasets/${"0".repeat(64)}.parquet`)).status).toBe(404);
    },
    TIME_LIMIT_MS,
  );
});
