import type { Clock } from "../../../shared/ports/clock.ts";
import type { MlflowStores } from "../../../shared/ports/mlflowStores.ts";

export interface MlflowRouteOptions extends MlflowStores {
  readonly clock: Clock;
  newId(): string;
}
