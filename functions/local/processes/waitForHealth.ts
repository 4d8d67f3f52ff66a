import { setTimeout as sleep } from "node:timers/promises";
import type { PartHealth, PartPulse } from "./part.ts";

const REQUEST_TIMEOUT_MS = 5_000;
const PAUSE_MS = 50;

export type Answer =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "refused" | "silent"; readonly reason: string };

/** One question to a part's health address. */
export function askHealth(url: string, timeout_ms = REQUEST_TIMEOUT_MS): Promise<Answer> {
  return ask(url, {}, timeout_ms);
}

/** A little of a part's own work. */
export async function askPulse({ url, headers, body, words }: PartPulse, timeout_ms: number): Promise<Answer> {
  const answer = await ask(url, { method: "POST", headers, body }, timeout_ms);
  return answer.kind === "silent" ? { kind: "silent", reason: words } : answer;
}

async function ask(url: string, { headers, ...request }: RequestInit, timeout_ms: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...request,
      signal: AbortSignal.timeout(timeout_ms),
      headers: { ...headers, connection: "close" },
    });
    // The status may come before the work: its end is the answer.
    await response.arrayBuffer();
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
