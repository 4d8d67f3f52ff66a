import type { MlflowStores } from "../../../shared/ports/mlflowStores.ts";
import type { Ports } from "../../pipelines/ports.ts";

export interface MlflowRouteOptions extends MlflowStores, Ports {
  newId(): string;
}
