import { MLFLOW_VERSION, mlflowHealth, mlflowVersion, serverInfo } from "../../../shared/contracts/mlflow/server.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";

export function serverRoutes(): MountedRoute[] {
  return [
    handle(mlflowHealth, () => new Response("OK", { headers: { "content-type": "text/plain" } })),
    handle(mlflowVersion, () => new Response(MLFLOW_VERSION, { headers: { "content-type": "text/plain" } })),
    handle(serverInfo, () => ({
      store_type: "SqlStore",
      workspaces_enabled: false,
      trace_archival_enabled: false,
      multipart_uploads_enabled: false,
      multipart_downloads_enabled: false,
      presigned_upload_run_id_supported: false,
      presigned_upload_model_id_supported: false,
      features_enabled: { gateway: false },
    })),
  ];
}
