import type { Migration } from "../../shared/domain/schemaVersion.ts";
import type { ViewConfig } from "../../shared/features/views.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { OnnxRuntime } from "../../shared/ports/onnxRuntime.ts";
import type { SchemaProbe } from "../../shared/ports/schemaProbe.ts";
import type { Sidecars } from "../../shared/ports/sidecars.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import type { WriteProbe } from "../../shared/ports/writeProbe.ts";

/** What is asked whether it is well. */
export interface HealthPorts {
  readonly config: ViewConfig;
  readonly clock: Clock;
  readonly bars: Pick<BarStore, "market" | "lastStart">;
  readonly lake: Pick<ObjectStore, "get">;
  readonly online: Pick<OnlineStore, "read" | "readProduction">;
  readonly tracking: Pick<Tracking, "productionAt">;
  readonly onnx: OnnxRuntime;
  readonly sidecars: Sidecars;
  readonly schema: SchemaProbe & { readonly known: readonly Migration[] };
  readonly writes: WriteProbe;
}
