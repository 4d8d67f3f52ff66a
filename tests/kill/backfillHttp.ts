import { type BackfillView, backfillSchema } from "../../shared/contracts/backfills.ts";

/** The backfill routes, as curl would use them. */
export interface BackfillHttp {
  create(body: Readonly<Record<string, unknown>>): Promise<BackfillView>;
  get(id: number): Promise<BackfillView>;
  put(id: number, verb: "pause" | "unpause" | "cancel"): Promise<BackfillView>;
}

export function createBackfillHttp(worker_url: string): BackfillHttp {
  const call = async (path: string, init: RequestInit = {}): Promise<BackfillView> => {
    const response = await fetch(`${worker_url}/api/v2/backfills${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${text}`);
    return backfillSchema.parse(JSON.parse(text));
  };
  return {
    create: (body) => call("", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    get: (id) => call(`/${id}`),
    put: (id, verb) => call(`/${id}/${verb}`, { method: "PUT" }),
  };
}
