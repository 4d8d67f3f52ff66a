import { MLFLOW_VERSION, mlflowHealth, mlflowVersion, serverInfo } from "../../../shared/contracts/mlflow/server.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";

export function serverRoutes(): MountedRoute[] {
  return [
    handle(mlflowHealth, () => new Response("OK", { headers: { "content-type": "text/plain" } })),
    handle(mlflowVersion, () => new Response(MLFLOW_VERSION, { headers: { "content-type": "text/plain" } })),
    handle(serverInfo, () => ({ store_type: "SqlStore", workspaces_enabled: false })),
  ];
}
