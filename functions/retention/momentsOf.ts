import { DAY, type Instant } from "../../shared/domain/instant.ts";
import type { RetentionKind } from "../../shared/retention/retention.ts";
import type { RetentionPorts } from "./retentionPorts.ts";

/** By kind, before when it may go. */
export type Moments = Readonly<Record<RetentionKind, Instant>>;

export function momentsOf({ clock, config }: Pick<RetentionPorts, "clock" | "config">): Moments {
  const now = clock.now();
  const before = (kind: RetentionKind) => now - config.retention[kind] * DAY;
  return { readings: before("readings"), logs: before("logs"), models: before("models") };
}
