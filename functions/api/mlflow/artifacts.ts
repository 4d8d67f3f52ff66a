import type { Context } from "hono";
import {
  abortUpload,
  completeUpload,
  createUpload,
  deleteArtifact,
  getArtifact,
  listArtifacts,
  listRunArtifacts,
  presignDownload,
  putArtifact,
} from "../../../shared/contracts/mlflow/artifacts.ts";
import { bodyInTime } from "../../../shared/contracts/route/bodyInTime.ts";
import { handle, handleRaw, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { bodyTooLarge } from "../../../shared/contracts/route/readBody.ts";
import { AppError } from "../../../shared/errors.ts";
import { requireArtifactPath } from "../../../shared/mlflow/artifactKey.ts";
import { artifactUriOf, isOfPipelines, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import type { ArtifactEntry, ArtifactStore } from "../../../shared/ports/artifactStore.ts";
import { fileOf, pathUnder } from "./fileOf.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireRunInfo, runIdOf } from "./requireRun.ts";

const OCTETS = "application/octet-stream";

export function artifactRoutes({ runs, artifacts }: MlflowRouteOptions): MountedRoute[] {
  return [
    handle(listArtifacts, async ({ query: { path } }) => ({ files: (await listFolder(artifacts, path)).map(viewOfEntry) })),
    handle(getArtifact, ({ params: { path } }) => fileOf(artifacts, path, OCTETS)),
    handleRaw(putArtifact, async (context) => {
      const path = requireForeignPath(String(context.req.param("path")));
      const type = context.req.header("content-type") ?? OCTETS;
      await bodyInTime(
        lengthOf(context) || putArtifact.body.max_bytes,
        bodyOf(context).then((body) => artifacts.put(path, body, type)),
      );
      return context.json({});
    }),
    handle(deleteArtifact, async ({ params: { path } }) => {
      await artifacts.delete(requireForeignPath(path));
      return {};
    }),
    handle(listRunArtifacts, async ({ query: { path, ...ids } }) => {
      const info = await requireRunInfo(runs, runIdOf(ids));
      return { root_uri: artifactUriOf(info.artifact_uri), files: await listUnder(artifacts, info.artifact_uri, path) };
    }),
    ...[createUpload, completeUpload, abortUpload, presignDownload].map((route) => handleRaw(route, refuseParts)),
  ];
}

/** The files in a folder below a location, their paths from there. */
export async function listUnder(artifacts: ArtifactStore, location: string, path: string) {
  const found = await listFolder(artifacts, pathUnder(location, path));
  return found.map((entry) => viewOfEntry({ ...entry, path: path === "" ? entry.path : joinLocation(path, entry.path) }));
}

function listFolder(artifacts: ArtifactStore, path: string): Promise<readonly ArtifactEntry[]> {
  const folder = path.replace(/\/+$/, "");
  return artifacts.list(folder === "" ? "" : requireArtifactPath(folder));
}

/** A body that says its length goes on as it comes. One that does not is read first: R2 takes no other, and an empty file comes so. */
async function bodyOf({ req }: Context): Promise<ReadableStream<Uint8Array> | Uint8Array> {
  const { max_bytes } = putArtifact.body;
  const length = lengthOf({ req });
  if (length > max_bytes) throw bodyTooLarge(max_bytes);
  if (length > 0 && req.raw.body) return req.raw.body as ReadableStream<Uint8Array>;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of (req.raw.body ?? []) as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    bytes += chunk.byteLength;
    if (bytes > max_bytes) throw bodyTooLarge(max_bytes);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** NaN where it is not said. */
function lengthOf({ req }: Pick<Context, "req">): number {
  return Number(req.header("content-length") ?? Number.NaN);
}

function requireForeignPath(path: string): string {
  if (!isOfPipelines(`${requireArtifactPath(path)}/`)) return path;
  throw permissionDenied(`${path} was written by the training pipeline, and stays as it was written.`);
}

/** Clients go on without it where the message begins so. */
function refuseParts(): never {
  throw new AppError("invalid_request", "Multipart upload is not supported for the current artifact repository", {
    status: 501,
    details: { error_code: "NOT_IMPLEMENTED" },
  });
}

function viewOfEntry({ file_size, ...entry }: ArtifactEntry) {
  return { ...entry, ...(file_size === null ? {} : { file_size }) };
}
