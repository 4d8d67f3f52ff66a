import { setTimeout as sleep } from "node:timers/promises";
import type { PartHealth } from "./part.ts";

const REQUEST_TIMEOUT_MS = 5_000;
const PAUSE_MS = 50;

export type Answer =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "refused" | "silent"; readonly reason: string };

/** One question to a part's health address. */
export async function askHealth(url: string, timeout_ms = REQUEST_TIMEOUT_MS): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout_ms), headers: { connection: "close" } });
    await response.body?.cancel();
    return { kind: "status", status: response.status };
  } catch (error) {
    if ((error as Error).name === "TimeoutError") return { kind: "silent", reason: `no answer in ${timeout_ms / 1_000} s` };
    const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
    return { kind: "refused", reason: cause?.code ?? cause?.message ?? String(error) };
  }
}

/** Asks until the part is up. Returns null when it is, and otherwise the last answer in words. */
export async function waitForHealth(health: PartHealth, within_ms: number, hasEnded: () => boolean): Promise<string | null> {
  let last = "it was not asked";
  for (const deadline = Date.now() + within_ms; Date.now() < deadline && !hasEnded(); await sleep(PAUSE_MS)) {
    const answer = await askHealth(health.url);
    if (answer.kind === "status" && health.statuses.includes(answer.status)) return null;
    last = answer.kind === "status" ? `${health.url} answers ${answer.status}` : `${health.url}: ${answer.reason}`;
  }
  return last;
}
