import { z } from "zod";
import { MLFLOW_3_ROUTES, MLFLOW_SERVER } from "../families.ts";
import { defineRoute, fileAnswer } from "../route/defineRoute.ts";

/** The newest MLflow whose client is held against these routes (tests/clients). */
export const MLFLOW_VERSION = "3.17.2";

export const mlflowHealth = defineRoute({
  family: MLFLOW_SERVER,
  method: "GET",
  path: "/mlflow/health",
  summary: "OK, as MLflow's server says it; this installation's own health is at /health",
  answers: { 200: fileAnswer("text/plain") },
});

export const mlflowVersion = defineRoute({
  family: MLFLOW_SERVER,
  method: "GET",
  path: "/mlflow/version",
  summary: "the MLflow whose API this is",
  answers: { 200: fileAnswer("text/plain") },
});

export const serverInfo = defineRoute({
  family: MLFLOW_3_ROUTES,
  method: "GET",
  path: "/api/3.0/mlflow/server-info",
  summary: "what MLflow's page asks first",
  answers: {
    200: z.object({
      store_type: z.string(),
      workspaces_enabled: z.boolean(),
      trace_archival_enabled: z.boolean(),
      multipart_uploads_enabled: z.boolean(),
      multipart_downloads_enabled: z.boolean(),
      presigned_upload_run_id_supported: z.boolean(),
      presigned_upload_model_id_supported: z.boolean(),
      /** The page hides what is false. */
      features_enabled: z.object({ gateway: z.boolean() }),
    }),
  },
});
