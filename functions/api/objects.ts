import {
  type DatasetView,
  listDatasets,
  MODEL_FILES,
  type ModelFile,
  readBronze,
  readDatasetFile,
  readModelFile,
} from "../../shared/contracts/objects.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { modelArtifactKeys } from "../../shared/models/modelCard.ts";
import type { DatasetManifest } from "../../shared/ports/tracking.ts";
import type { Ports } from "../pipelines/ports.ts";
import { queryOf } from "./page.ts";

const NDJSON = "application/x-ndjson";
const PARQUET = "application/vnd.apache.parquet";

/** What the lake keeps for people: training sets as Parquet, files of a registered model, and what came in. Immutable, so they may be cached for ever. */
export function objectRoutes({ tracking, lake }: Pick<Ports, "tracking" | "lake">): MountedRoute[] {
  return [
    handle(listDatasets, async ({ query: { instrument, ...page } }) => {
      const found = await tracking.datasets({ ...queryOf(page), ...(instrument === undefined ? {} : { instrument }) });
      const { total_entries } = found;
      return { datasets: found.datasets.map(viewOfDataset), total_entries };
    }),
    handle(readDatasetFile, async ({ params: { file: sha256 } }) => {
      const dataset = await tracking.dataset(sha256);
      if (!dataset) throw notFound("file", `there is no training set ${sha256}. GET /api/datasets lists them.`);
      return fileOf(await read(dataset.key), PARQUET, `${dataset.instrument}_${sha256.slice(0, 12)}.parquet`);
    }),
    handle(readBronze, async ({ query: { key, limit, offset } }) => {
      const bytes = await lake.get(key);
      if (!bytes) throw notFound("key", `there is no object ${key} in the lake.`);
      // Each line ends with a break, and behind the last there is nothing.
      const lines = new TextDecoder().decode(bytes).split(/(?<=\n)/);
      const page = lines.slice(offset, offset + limit).join("");
      return fileOf(new TextEncoder().encode(page), NDJSON, key.slice(key.lastIndexOf("/") + 1));
    }),
    handle(readModelFile, async ({ params: { name, version, file } }) => {
      const known = MODEL_FILES[file as ModelFile];
      if (!known) throw notFound("file", `"${file.slice(0, 80)}" is not one of ${Object.keys(MODEL_FILES).join(", ")}.`);
      const found = await tracking.version(name, version);
      if (!found) throw notFound("version", `${name.slice(0, 80)} has no version "${version.slice(0, 20)}".`);
      return fileOf(await read(modelArtifactKeys(found.run_id)[known.artifact]), known.content_type, `${name}_${version}_${file}`);
    }),
  ];

  async function read(key: string): Promise<Uint8Array> {
    const bytes = await lake.get(key);
    if (bytes) return bytes;
    throw notFound("file", `${key} is registered, but not in the lake: it was deleted there.`);
  }
}

function fileOf(bytes: Uint8Array, content_type: string, name: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": content_type,
      "content-length": String(bytes.byteLength),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}

function viewOfDataset({
  sha256,
  instrument,
  rows,
  feature_set_hash,
  feature_names,
  first_event_time,
  last_event_time,
  as_of,
}: DatasetManifest): DatasetView {
  return {
    ...{ sha256, instrument, rows, feature_set_hash },
    feature_names: [...feature_names],
    first_event_time: toIso(first_event_time),
    last_event_time: toIso(last_event_time),
    as_of: toIso(as_of),
    href: `/api/datasets/${sha256}.parquet`,
  };
}

function notFound(field: string, problem: string): AppError {
  return new AppError("not_found", `${field}: ${problem}`, { status: 404, details: { field } });
}
