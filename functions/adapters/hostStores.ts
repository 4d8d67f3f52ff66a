import { z } from "zod";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";

/** The stores that another runtime of this machine holds (functions/local/serve/stores.mjs), as far as serving needs them. */
export interface HostStores {
  /** Null: there is no such value. */
  online(key: string): Promise<string | null>;
  onlineKeys(): Promise<readonly string[]>;
  lake(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  send(records: readonly PredictionRecord[]): Promise<void>;
}

/** That runtime may be busy with a pipeline, or just being started again: what is in libSQL too is not waited for. */
const ONLINE_WITHIN_MS = SECOND / 2;
const WITHIN_MS = 10 * SECOND;

export function createHostStores(stores: { readonly fetch: typeof fetch }, token: string): HostStores {
  async function ask(path: string, within_ms: number, init: RequestInit = {}): Promise<Response | null> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await stores.fetch(`http://stores${path}`, { ...init, headers, signal: AbortSignal.timeout(within_ms) });
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404) return null;
    throw new AppError("store_unavailable", `The stores answered ${response.status} to ${path}`, { status: 503, retryable: true });
  }

  return {
    async online(key) {
      const response = await ask(`/online/${encodeURIComponent(key)}`, ONLINE_WITHIN_MS);
      return response && (await response.text());
    },
    async onlineKeys() {
      const response = await ask("/online", WITHIN_MS);
      return response === null ? [] : z.array(z.string()).parse(await response.json());
    },
    async lake(key) {
      const response = await ask(`/lake/${encodeURIComponent(key)}`, WITHIN_MS);
      return response && new Uint8Array(await response.arrayBuffer());
    },
    send: async (records) => void (await ask("/predictions", WITHIN_MS, { method: "POST", body: JSON.stringify(records) })),
  };
}
