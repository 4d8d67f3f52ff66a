import { type Instant, SECOND } from "../shared/domain/instant.ts";

/** The answer comes when the Worker's handler is done. */
const TIMEOUT_MS = 120 * SECOND;

/** Calls the Worker's scheduled handler in wrangler dev, which fires no cron by itself. */
export async function fireCron(worker_url: string, cron: string, scheduled_time: Instant, fetchFrom: typeof fetch = fetch): Promise<void> {
  const query = new URLSearchParams({ cron, time: String(scheduled_time) });
  let response: Response;
  try {
    response = await fetchFrom(`${worker_url}/cdn-cgi/local/scheduled?${query}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const reason = (error as Error).name === "TimeoutError" ? `no answer in ${TIMEOUT_MS / SECOND} s` : describeCause(error);
    throw new Error(`the Worker did not take it (${reason})`, { cause: error });
  }
  const body = (await response.text()).trim();
  if (!response.ok) throw new Error(`the Worker's handler failed: ${response.status} ${body.slice(0, 200)}`);
}

function describeCause(error: unknown): string {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
  return cause?.code ?? cause?.message ?? String(error);
}
