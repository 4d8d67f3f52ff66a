import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_DATASET_BYTES } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import { TEMPORARY_SUFFIX, temporaryName } from "../writeAtomic.ts";

export interface StoredDataset {
  readonly sha256: string;
  readonly bytes: number;
}

/** Parquet files by their SHA-256, in one folder. */
export class DatasetStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder, and sweeps uploads that a killed process left half done. */
  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      if (name.endsWith(TEMPORARY_SUFFIX)) await rm(join(this.#folder, name), { force: true });
    }
  }

  /** Streams an upload to disk and gives it its name only when the hash is right. Safe to repeat, also at once. */
  async put(sha256: string, body: AsyncIterable<Uint8Array>): Promise<StoredDataset> {
    const temporary = temporaryName(this.#path(sha256));
    try {
      const written = await streamToFile(temporary, body);
      if (written.sha256 !== sha256) {
        const message = `the body's SHA-256 is ${written.sha256}, but the address names ${sha256}: it was cut off or changed on the way, or the hash is another file's`;
        throw new AppError("invalid_request", message, { status: 422, details: { field: "sha256", ...written } });
      }
      await rename(temporary, this.#path(sha256));
      return written;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** The file's path; throws dataset_unknown when it must be uploaded first. */
  require(sha256: string): string {
    const path = this.#path(sha256);
    if (existsSync(path)) return path;
    const message = `dataset ${sha256} is not here: upload it with PUT /v1/datasets/${sha256}, then submit again`;
    throw new AppError("dataset_unknown", message, { status: 409, details: { dataset: sha256 } });
  }

  /** Deletes datasets that no kept job names and that were uploaded before `before`. A client that needs one again is told so. */
  async dropUnused(used: ReadonlySet<string>, before: number): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      if (!name.endsWith(".parquet") || used.has(name.slice(0, -".parquet".length))) continue;
      if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
    }
  }

  #path(sha256: string): string {
    return join(this.#folder, `${sha256}.parquet`);
  }
}

async function streamToFile(path: string, body: AsyncIterable<Uint8Array>): Promise<StoredDataset> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "w");
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_DATASET_BYTES) throw datasetTooLarge();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), bytes };
}

export function datasetTooLarge(): AppError {
  return new AppError("body_too_large", `a dataset may have ${MAX_DATASET_BYTES} bytes at most`, {
    status: 413,
    details: { limit_bytes: MAX_DATASET_BYTES },
  });
}
