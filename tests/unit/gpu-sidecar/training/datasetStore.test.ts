import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatasetStore } from "../../../../gpu-sidecar/training/datasetStore.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";

const HOUR_S = 3_600;
const BORDER_S = 1_000 * HOUR_S;

let folder: string;
let store: DatasetStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "datasets-"));
  store = new DatasetStore(folder);
  await store.open();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(text: string, uploaded_s: number): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const sha256 = sha256Hex(bytes);
  await store.put(
    sha256,
    (async function* () {
      yield bytes;
    })(),
  );
  await utimes(join(folder, `${sha256}.parquet`), uploaded_s, uploaded_s);
  return sha256;
}

describe("datasets that no job needs", () => {
  it("are dropped when they are old, and kept while young or named by a job", async () => {
    const [old, used, at_border, young] = [
      await put("old", BORDER_S - HOUR_S),
      await put("used", BORDER_S - HOUR_S),
      await put("border", BORDER_S),
      await put("young", BORDER_S + HOUR_S),
    ];
    await store.dropUnused(new Set([used]), BORDER_S * 1_000);
    const kept = (await readdir(folder)).map((name) => name.replace(".parquet", ""));
    expect(new Set(kept)).toEqual(new Set([used, at_border, young]));
    expect(() => store.require(old)).toThrow(/is not here: upload it/);
    expect(store.require(young)).toContain(young);
  });
});
