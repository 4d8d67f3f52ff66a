import { z } from "zod";
import { MLFLOW_ARTIFACTS, MLFLOW_ROUTES } from "../families.ts";
import { defineRoute, fileAnswer, fileBody } from "../route/defineRoute.ts";
import { emptySchema } from "./wire.ts";

/** Files of runs and models, which clients write and read through the server. */

export const filesSchema = z.array(z.object({ path: z.string(), is_dir: z.boolean(), file_size: z.int().optional() }));

const OCTETS = "application/octet-stream";
/** What Cloudflare lets through at all. */
const MAX_FILE_BYTES = 100_000_000;
const errors = [400, 404];

export const listRunArtifacts = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/artifacts/list",
  summary: "the files of a run, in a folder of it",
  query: z.object({
    run_id: z.string().optional(),
    run_uuid: z.string().optional(),
    path: z.string().default(""),
    page_token: z.string().optional(),
  }),
  answers: { 200: z.object({ root_uri: z.string(), files: filesSchema }) },
  errors,
});

export const listArtifacts = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "GET",
  path: "/api/2.0/mlflow-artifacts/artifacts",
  summary: "the files in a folder; none where there is no such folder",
  query: z.object({ path: z.string().default("") }),
  answers: { 200: z.object({ files: filesSchema }) },
  errors: [400],
});

export const getArtifact = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "GET",
  path: "/api/2.0/mlflow-artifacts/artifacts/{path}",
  summary: "a file; its path may have any number of parts",
  answers: { 200: fileAnswer(OCTETS) },
  errors,
});

export const putArtifact = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "PUT",
  path: "/api/2.0/mlflow-artifacts/artifacts/{path}",
  summary: "writes a file",
  body: fileBody(OCTETS, MAX_FILE_BYTES),
  answers: { 200: emptySchema },
});

export const deleteArtifact = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "DELETE",
  path: "/api/2.0/mlflow-artifacts/artifacts/{path}",
  summary: "deletes a file, or a folder with all that is in it",
  answers: { 200: emptySchema },
});

/** Nothing of what is sent is read. */
const unsupported = { answers: {}, errors: [501] } as const;

export const createUpload = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "POST",
  path: "/api/2.0/mlflow-artifacts/mpu/create/{path}",
  summary: "says that files are written whole, which clients then do",
  ...unsupported,
});

export const completeUpload = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "POST",
  path: "/api/2.0/mlflow-artifacts/mpu/complete/{path}",
  summary: "the same",
  ...unsupported,
});

export const abortUpload = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "POST",
  path: "/api/2.0/mlflow-artifacts/mpu/abort/{path}",
  summary: "the same",
  ...unsupported,
});

export const presignDownload = defineRoute({
  family: MLFLOW_ARTIFACTS,
  method: "GET",
  path: "/api/2.0/mlflow-artifacts/presigned/{path}",
  summary: "says that files are read here, which clients then do",
  ...unsupported,
});
