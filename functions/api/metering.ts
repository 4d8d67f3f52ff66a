import type { Context } from "hono";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import type { Meter } from "../serving/meter/meter.ts";
import type { MeterWriter } from "../serving/meter/meterWriter.ts";

/** What counts an isolate's answers, and what writes the counts down. */
export interface Metering {
  readonly meter: Pick<Meter, "slotOf" | "countAnswer">;
  readonly writer: MeterWriter;
}

const SLOT = "meterSlot";

/** The route, which tells where its answers are counted: by its template, whatever the path. */
export function slotted(mounted: MountedRoute, meter: Pick<Meter, "slotOf">): MountedRoute {
  const slot = meter.slotOf(mounted.route);
  return {
    ...mounted,
    respond: (context, check) => {
      context.set(SLOT, slot);
      return mounted.respond(context, check);
    },
  };
}

export function countAnswer({ meter, writer }: Metering, context: Context, took_ms: number): void {
  meter.countAnswer(context.get(SLOT) as number | undefined, context.res.status, took_ms / SECOND);
  writer.afterRequest((work) => context.executionCtx.waitUntil(work));
}
