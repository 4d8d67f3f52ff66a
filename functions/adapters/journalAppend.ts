import { SECOND } from "../../shared/domain/instant.ts";
import type { Timers } from "../../shared/ports/timers.ts";
import { deepestMessage } from "./deepestMessage.ts";
import type { JournalTry } from "./journalQueue.ts";

export interface JournalAppendOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly timers: Timers;
}

const ONE_TRY_MS = 2 * SECOND;

/** Asks the journal's process to append the batch to its file. */
export function createJournalAppend({ url, token, fetch, timers }: JournalAppendOptions): JournalTry {
  return async (body) => {
    const limit = new AbortController();
    const cancel = timers.after(ONE_TRY_MS, () => limit.abort(new Error(`no answer in ${ONE_TRY_MS} ms`)));
    try {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
      const response = await fetch(`${url}/append`, { method: "POST", headers, body, signal: limit.signal });
      const text = await response.text();
      return response.ok ? null : `${response.status} ${text.slice(0, 200)}`;
    } catch (error) {
      return deepestMessage(error);
    } finally {
      cancel();
    }
  };
}
