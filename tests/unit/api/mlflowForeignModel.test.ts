import { beforeAll, describe, expect, it } from "vitest";
import { materializeMarket } from "../../../functions/pipelines/market_features/materializeMarket.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../shared/models/modelCard.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { onnxOfTrees } from "../../../shared/onnx/onnxOfTrees.ts";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { stepContext } from "../../support/engine/stepContext.ts";
import { probabilityOf, tinyModel } from "../../support/models/tinyModel.ts";
import { NAME, NOON, type Trained, trained, validate } from "../../support/models/trainedModel.ts";

let done: Trained;
let app: TestApp;
/** What the version in Production reads. */
let feature_names: readonly string[];
beforeAll(async () => {
  done = await trained();
  await validate(done, "1", NOON);
  await materializeMarket.run(done.ports, stepContext({ window: { start: NOON - HOUR, end: NOON } }));
  app = createTestApp(done.ports);
  const { card } = modelArtifactKeys(String(done.reports["evaluate_model"]!["run_id"]));
  ({ feature_names } = modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await done.ports.lake.get(card))!))));
});
const { ask, post, makeRun } = mlflowCalls(() => app);

function mlmodel(names: readonly string[], type = "double"): string {
  const inputs = JSON.stringify(names.map((name) => ({ type, name, required: true })));
  return `flavors:\n  xgboost:\n    data: model.json\n    model_class: xgboost.core.Booster\nsignature:\n  inputs: '${inputs}'\n`;
}

const SPLIT = { feature: 0, threshold: 0, left: 0.3, right: -0.2 };

/** Logged and registered as a client does; its number. */
async function logged(descriptor: string, model: Uint8Array, file = "model.json"): Promise<string> {
  const { run_id, artifact_uri } = await makeRun();
  const root = `mlflow-artifacts/artifacts/0/${run_id}/artifacts/model`;
  expect(await ask("PUT", `${root}/MLmodel`, descriptor)).toEqual({ status: 200 });
  expect(await ask("PUT", `${root}/${file}`, new Response(model as Uint8Array<ArrayBuffer>).body)).toEqual({ status: 200 });
  return (await post("model-versions/create", { name: NAME, source: `${artifact_uri}/model`, run_id })).model_version.version as string;
}
const promote = (version: string) => post("model-versions/transition-stage", { name: NAME, version, stage: "Production" });
const predict = async () => (await app.call("POST", "/predict", { instrument: "USD_SGD" })).body;

describe("a model that was trained elsewhere", () => {
  it("is refused with the difference where its inputs are not those of a feature service, and what serves goes on", async () => {
    const [first, second, ...rest] = feature_names;
    const version = await logged(mlmodel([second!, first!, ...rest]), tinyModel([second!, first!, ...rest], SPLIT));
    expect(await promote(version)).toMatchObject({
      status: 400,
      error_code: "INVALID_PARAMETER_VALUE",
      message: expect.stringContaining(`order: input 0 is ${second}, the feature there is ${first}`),
    });
    const long = await logged(mlmodel(feature_names, "long"), tinyModel(feature_names, SPLIT));
    expect((await promote(long)).message).toContain("every feature is double");
    expect((await predict()).model_version).toBe(`${NAME}/1`);
    expect(done.ports.lake.keys().filter((key) => key.startsWith("models/adopted/"))).toEqual([]);
  });

  it("whose file says other features than its signature is refused", async () => {
    const version = await logged(mlmodel(feature_names), tinyModel(feature_names.toReversed(), SPLIT));
    expect((await promote(version)).message).toMatch(/its feature 0 is/);
  });

  it("serves what its own file says, and claims nothing", async () => {
    const version = await logged(mlmodel(feature_names), tinyModel(feature_names, SPLIT));
    expect(await promote(version)).toMatchObject({ status: 200, model_version: { current_stage: "Production" } });
    done.ports.clock.advance(10_000);
    const answer = await predict();
    expect(answer).toMatchObject({ model_version: `${NAME}/${version}`, skill: "none", accuracy: null, net_bp: null });
    expect([probabilityOf(SPLIT.left), probabilityOf(SPLIT.right)]).toContain(answer.prediction);
    const { tags } = (await done.ports.tracking.version(NAME, version))!;
    expect(tags).toMatchObject({ skill: "none", skill_reason: expect.stringMatching(/^It was trained elsewhere/) });
    expect(tags["admission_check"]).toMatch(/^passed: signature of /);
  });

  it("stays as it was admitted, whatever its client writes afterwards, and is kept", async () => {
    const { version } = (await done.ports.tracking.productionAt(NAME, done.ports.clock.now()))!;
    const source = (await post("model-versions/search")) && (await ask("GET", `mlflow/model-versions/get?name=${NAME}&version=${version}`));
    const path = String(source.model_version.source).replace("mlflow-artifacts:/", "");
    expect(await ask("PUT", `mlflow-artifacts/artifacts/${path}/model.json`, "{}")).toEqual({ status: 200 });
    expect((await predict()).model_version).toBe(`${NAME}/${version}`);
    expect(await promote("1")).toMatchObject({ model_version: { current_stage: "Production" } });
    done.ports.clock.advance(10_000);
    expect(await promote(version)).toMatchObject({ model_version: { current_stage: "Production" } });
    expect(await ask("DELETE", "mlflow/model-versions/delete", { name: NAME, version })).toMatchObject({ status: 403 });
    expect((await app.call("GET", "/health")).body.components.models.status).toBe("ok");
  });

  it("in ONNX's format is served by its own runtime", async () => {
    const onnx = mlmodel(feature_names).replace("xgboost:", "onnx:").replace("model.json", "model.onnx");
    const trees = parseTreeEnsemble(tinyModel(feature_names, { ...SPLIT, left: 0.7 }));
    const version = await logged(onnx, onnxOfTrees(trees), "model.onnx");
    expect(await promote(version)).toMatchObject({ status: 200 });
    done.ports.clock.advance(10_000);
    const { prediction, model_version } = await predict();
    expect(model_version).toBe(`${NAME}/${version}`);
    const difference = Math.min(...[0.7, SPLIT.right].map((leaf) => Math.abs(prediction - probabilityOf(leaf))));
    expect(difference).toBeLessThan(1e-6);
    const broken = await logged(onnx, new TextEncoder().encode("no model"), "model.onnx");
    expect(await promote(broken)).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
  });

  it("that training made is not let in by this door", async () => {
    const run_id = String(done.reports["evaluate_model"]!["run_id"]);
    const copy = await post("model-versions/create", { name: NAME, source: `runs:/${run_id}/model`, run_id });
    expect(await promote(copy.model_version.version)).toMatchObject({ status: 403, error_code: "PERMISSION_DENIED" });
  });
});
