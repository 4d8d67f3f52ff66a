import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { call } from "./workerClient.ts";

/** MLflow's routes in the runtime that they work in, on sqld and R2. */

const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
const fetchFile = (path: string, init: RequestInit) =>
  exports.default.fetch(`http://localhost/mlflow/api/2.0/mlflow-artifacts/artifacts/${path}`, init);
const chunked = (chunks: readonly Uint8Array[]) =>
  new ReadableStream({
    start(stream) {
      for (const chunk of chunks) stream.enqueue(chunk);
      stream.close();
    },
  });

it("a run is logged, searched, and has its files, those without a length too", async () => {
  const { experiment_id } = (await call("POST", "/api/2.0/mlflow/experiments/create", { name: "in workerd" })).body;
  const { run } = (await call("POST", "/mlflow/api/2.0/mlflow/runs/create", { experiment_id, run_name: "r" })).body;
  const { run_id } = run.info;
  const metrics = Array.from({ length: 1_000 }, (_, step) => ({
    key: "loss",
    value: step === 999 ? "NaN" : 1 / (step + 1),
    timestamp: 1,
    step,
  }));
  expect(await call("POST", "/api/2.0/mlflow/runs/log-batch", { run_id, metrics })).toEqual({ status: 200, body: {} });
  const search = await call("POST", "/ajax-api/2.0/mlflow/runs/search", { experiment_ids: [experiment_id], filter: "metrics.loss != 1" });
  expect(search.body.runs).toMatchObject([{ info: { run_id }, data: { metrics: [{ key: "loss", value: "NaN", step: 999 }] } }]);

  const root = `${experiment_id}/${run_id}/artifacts`;
  const files: readonly [string, Uint8Array<ArrayBuffer> | ReadableStream][] = [
    ["model.ubj", bytes],
    ["chunked.bin", chunked([bytes.slice(0, 70_000), bytes.slice(70_000)])],
    ["empty", chunked([])],
  ];
  for (const [name, body] of files) {
    const put = await fetchFile(`${root}/${name}`, { method: "PUT", body, duplex: "half" } as RequestInit);
    expect([name, put.status, await put.text()]).toEqual([name, 200, "{}"]);
  }
  const listed = await call("GET", `/api/2.0/mlflow/artifacts/list?run_id=${run_id}`);
  expect(listed.body.files.map((file: { path: string; file_size: number }) => [file.path, file.file_size])).toEqual([
    ["chunked.bin", 200_000],
    ["empty", 0],
    ["model.ubj", 200_000],
  ]);
  const read = await fetchFile(`${root}/chunked.bin`, {});
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
  expect(read.headers.get("content-length")).toBe("200000");
});
