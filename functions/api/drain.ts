import { drainRoute } from "../../shared/contracts/drain.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { counted } from "../../shared/domain/counted.ts";

export interface DrainRouteOptions {
  /** Known to the host alone. */
  readonly token: string;
  /** Refuses what comes from now on; returns how many predictions are still on their way when the wait is over. */
  close(): Promise<number>;
}

export function drainRoutes({ close }: Pick<DrainRouteOptions, "close">): MountedRoute {
  return handle(drainRoute, async () => {
    const left = await close();
    return { say: left === 0 ? null : `${counted(left, "prediction")} did not reach the journal in time.` };
  });
}
