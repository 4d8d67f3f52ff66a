import { signal } from "@preact/signals";

/**
 * The server's clock, epoch ms: its own answers say what it is there (a store of the past is looked at as of then), and it goes on by this
 * machine's. Told every 10 s, so that ages on the page grow.
 */
export const now = signal(Date.now());

let ahead_ms = 0;

export function tellServerTime(at: string | number): void {
  const ms = typeof at === "number" ? at : Date.parse(at);
  if (!Number.isFinite(ms)) return;
  ahead_ms = ms - Date.now();
  now.value = ms;
}

setInterval(() => {
  if (!document.hidden) now.value = Date.now() + ahead_ms;
}, 10_000);
