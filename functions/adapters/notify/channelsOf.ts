import type { NotifySettings } from "../../../shared/notify/notifySettings.ts";
import type { Channel, Notification } from "../../../shared/ports/notifier.ts";
import { createLogNotifier } from "../logNotifier.ts";

/**
 * Where a happening goes: an alert to every channel that is set, unless an Alertmanager tells people of it. What befalls a single run or task goes to the log:
 * that work fails and stays undone is an alert by itself.
 */
export function channelsOf({ alertmanager }: Pick<NotifySettings, "alertmanager">, channels: readonly Channel[]) {
  const log: readonly Channel[] = [{ name: "the log", ...createLogNotifier() }];
  return ({ kind }: Pick<Notification, "kind">): readonly Channel[] => (kind === "alert" && alertmanager === null ? channels : log);
}
