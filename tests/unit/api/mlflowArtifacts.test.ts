import { beforeEach, describe, expect, it } from "vitest";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});
const { ask, get, makeRun } = mlflowCalls(() => app);

describe("artifacts", () => {
  it("go in and come out of a run's folder, an empty one that does not say its length too", async () => {
    const { run_id } = await makeRun();
    const root = `mlflow-artifacts/artifacts/0/${run_id}/artifacts`;
    expect(await ask("PUT", `${root}/a.txt`, "hello")).toEqual({ status: 200 });
    expect(await ask("PUT", `${root}/sub/EUR%20USD+1h%2050%25.json`, "{}")).toEqual({ status: 200 });
    expect(await ask("PUT", `${root}/empty`, new ReadableStream({ start: (stream) => stream.close() }))).toEqual({ status: 200 });
    expect(await ask("GET", `${root}/a.txt`)).toEqual({ status: 200, text: "hello" });
    expect(await ask("GET", `${root}/sub/EUR%20USD+1h%2050%25.json`)).toEqual({ status: 200, text: "{}" });
    expect(await ask("GET", `mlflow-artifacts/artifacts?path=0/${run_id}/artifacts`)).toMatchObject({
      files: [
        { path: "a.txt", is_dir: false, file_size: 5 },
        { path: "empty", file_size: 0 },
        { path: "sub", is_dir: true },
      ],
    });
    expect(await get(`artifacts/list?run_uuid=${run_id}&path=sub`)).toMatchObject({
      root_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
      files: [{ path: "sub/EUR USD+1h 50%.json", is_dir: false, file_size: 2 }],
    });
    expect(await ask("DELETE", `${root}/sub`)).toEqual({ status: 200 });
    expect(await ask("GET", `${root}/sub/EUR%20USD+1h%2050%25.json`)).toMatchObject({ status: 404, error_code: "RESOURCE_DOES_NOT_EXIST" });
    expect(await ask("GET", "mlflow-artifacts/artifacts?path=nowhere")).toEqual({ status: 200, files: [] });
  });

  it.each([
    ["GET", "artifacts/1/..%2F..%2Fdatasets"],
    ["PUT", "artifacts/1/%2e%2e%2fx"],
    ["DELETE", "artifacts/a//b"],
    ["GET", "artifacts?path=../x"],
    ["PUT", `artifacts/${"x".repeat(1_100)}`],
    ["PUT", "artifacts/a%5Cb"],
  ] as const)("%s %s leads nowhere", async (method, path) => {
    expect(await ask(method, `mlflow-artifacts/${path}`)).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
  });

  it("of the pipelines are read, and not written", async () => {
    await ports.lake.putOnce("models/r/artifacts/model/MLmodel", "flavors: {}", "text/yaml");
    expect(await ask("GET", "mlflow-artifacts/artifacts/models/r/artifacts/model/MLmodel")).toMatchObject({ text: "flavors: {}" });
    for (const method of ["PUT", "DELETE"] as const)
      expect(await ask(method, "mlflow-artifacts/artifacts/models/r/artifacts/model/MLmodel")).toMatchObject({ status: 403 });
    expect(await ask("GET", "mlflow-artifacts/artifacts/datasets/x.parquet")).toMatchObject({ status: 404 });
  });

  it("are written whole: clients go on without parts", async () => {
    const answer = await ask("POST", "mlflow-artifacts/mpu/create/1/a/b", {});
    expect(answer).toMatchObject({ status: 501, message: expect.stringMatching(/^Multipart upload is not supported for the current/) });
  });
});
