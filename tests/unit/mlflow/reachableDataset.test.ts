import { expect, it } from "vitest";
import { reachableDataset } from "../../../shared/mlflow/reachableDataset.ts";

const PATH = `/api/datasets/${"0123456789abcdef".repeat(4)}.parquet`;

it.each([
  ["what training noted lies where the client asked", "http", { url: PATH }, { url: `http://h:8787${PATH}` }],
  ["what a client noted of another server stays", "http", { url: `https://elsewhere${PATH}` }, { url: `https://elsewhere${PATH}` }],
  ["a path of a client's own stays", "http", { url: "/api/datasets/mine.csv" }, { url: "/api/datasets/mine.csv" }],
  ["a file of a client stays", "local", { url: PATH }, { url: PATH }],
])("%s", (_name, source_type, noted, told) => {
  const dataset = { name: "d", source_type, source: JSON.stringify(noted) };
  expect(reachableDataset(dataset, "http://h:8787")).toEqual({ ...dataset, source: JSON.stringify(told) });
});
