import type { StackPlan } from "../stackPlan.ts";

/** Whether predictions are left in memory for the journal: they are then not on the disk, and gone with the container that the memory belongs to. */
export function hasInbox({ host, settings }: Pick<StackPlan, "host" | "settings">): boolean {
  return host !== "dev" && settings.predictions_inbox === "memory" && !settings.predictions_sync;
}
