import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { MAX_DATASET_BYTES, uploadDataset } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import { type DatasetStore, datasetTooLarge } from "../training/datasetStore.ts";

const SHA256 = /^[0-9a-f]{64}$/;

/** The file goes to the disk as it comes: it may be larger than the memory that is free. */
export function datasetRoutes(datasets: DatasetStore): MountedRoute {
  return handleRaw(uploadDataset, async (c) => {
    const sha256 = c.req.param("sha256") ?? "";
    if (!SHA256.test(sha256)) {
      const message = `sha256: expected 64 lower-case hex digits in the address, was "${sha256.slice(0, 80)}"`;
      throw new AppError("invalid_request", message, { status: 422, details: { field: "sha256" } });
    }
    if (Number(c.req.header("Content-Length") ?? 0) > MAX_DATASET_BYTES) throw datasetTooLarge();
    if (c.req.raw.body === null) throw new AppError("invalid_request", "body: expected a Parquet file, was empty", { status: 422 });
    return c.json(await datasets.put(sha256, c.req.raw.body));
  });
}
