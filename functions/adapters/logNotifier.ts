import type { Notifier } from "../../shared/ports/notifier.ts";

/** Notifications as lines of the log, JSON each: what there is where no other receiver is set. */
export function createLogNotifier(write: (line: string) => void = console.warn): Notifier {
  return {
    notify: async (notification) => write(JSON.stringify({ event: "notification", ...notification })),
  };
}
