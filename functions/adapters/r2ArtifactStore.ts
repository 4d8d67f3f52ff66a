import type { R2Bucket, ReadableStream as R2Stream } from "@cloudflare/workers-types";
import { FREE_SPACE } from "../../shared/domain/freeSpace.ts";
import { AppError } from "../../shared/errors.ts";
import { artifactKeyOf } from "../../shared/mlflow/artifactKey.ts";
import type { ArtifactEntry, ArtifactStore } from "../../shared/ports/artifactStore.ts";

/** R2 lists and deletes no more at once. */
const MOST_KEYS = 1_000;

/** Artifacts in R2, beside what the pipelines keep there. */
export function createR2ArtifactStore(bucket: R2Bucket): ArtifactStore {
  return {
    put: (path, body, contentType) =>
      reaching(path, async () => {
        await bucket.put(artifactKeyOf(path), body as unknown as R2Stream | Uint8Array, { httpMetadata: { contentType } });
      }),
    get: (path) =>
      reaching(path, async () => {
        const object = await bucket.get(artifactKeyOf(path));
        return object && { body: object.body as unknown as ReadableStream<Uint8Array>, bytes: object.size };
      }),
    list: (path) => reaching(path, () => listFolder(bucket, path)),
    delete: (path) => reaching(path, () => deleteAll(bucket, artifactKeyOf(path))),
  };
}

async function listFolder(bucket: R2Bucket, path: string): Promise<readonly ArtifactEntry[]> {
  const prefix = path === "" ? artifactKeyOf("") : `${artifactKeyOf(path)}/`;
  const found: ArtifactEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix, delimiter: "/", limit: MOST_KEYS, ...(cursor === undefined ? {} : { cursor }) });
    for (const folder of page.delimitedPrefixes) found.push({ path: folder.slice(prefix.length, -1), is_dir: true, file_size: null });
    for (const { key, size } of page.objects) found.push({ path: key.slice(prefix.length), is_dir: false, file_size: size });
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function deleteAll(bucket: R2Bucket, key: string): Promise<void> {
  await bucket.delete(key);
  // What was listed is gone: the next page is the first again.
  for (;;) {
    const { objects } = await bucket.list({ prefix: `${key}/`, limit: MOST_KEYS });
    if (objects.length === 0) return;
    await bucket.delete(objects.map((object) => object.key));
  }
}

async function reaching<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The lake did not answer for the artifact ${path}: ${why}. ${FREE_SPACE}`;
    throw new AppError("store_unavailable", message, { status: 503, retryable: true, cause, details: { path } });
  }
}
