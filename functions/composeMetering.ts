import type { Clock } from "../shared/ports/clock.ts";
import type { MetricStore } from "../shared/ports/metricStore.ts";
import type { OnlineStore } from "../shared/ports/onlineStore.ts";
import type { Database } from "./adapters/libsql/database.ts";
import { createMetricStore } from "./adapters/libsql/monitoring/metricStore.ts";
import type { Metering } from "./api/metering.ts";
import { createMeter, type Meter } from "./serving/meter/meter.ts";
import { createMeterWriter } from "./serving/meter/meterWriter.ts";
import { timedReads } from "./serving/meter/timedReads.ts";

export interface ComposedMetering extends Metering {
  readonly meter: Meter;
  readonly store: MetricStore;
  /** The online store with the time that its reads take. */
  timed<Store extends Pick<OnlineStore, "read" | "readPushed">>(online: Store): Store;
  /** Writes what is counted, when the isolate is to end; a database that is away then does not keep it. */
  end(): Promise<void>;
}

/** What one isolate counts, and how it gets into the database. */
export function composeMetering(database: Database, clock: Clock): ComposedMetering {
  const meter = createMeter();
  const store = createMetricStore(database);
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const writer = createMeterWriter({ meter, store, clock, writer: crypto.randomUUID(), sleep });
  return {
    meter,
    store,
    writer,
    timed: (online) => timedReads(online, meter, () => performance.now()),
    end: () => writer.flush().catch((error) => console.warn("What was counted last could not be written:", error)),
  };
}
