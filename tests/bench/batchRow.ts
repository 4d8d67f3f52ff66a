import { MAX_PREDICT_BATCH } from "../../shared/contracts/predictBatch.ts";
import { digits, timeEach, timingsOf } from "./figures.ts";
import type { Measured } from "./section.ts";

const WARM_UP = 40;
const BATCHES = 100;

/** Times of whole batches of one pair, one after another, until their last byte is read. */
export async function batchRow(url: string, explains: boolean, key?: string): Promise<Measured> {
  const headers = { "content-type": "application/json", ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) };
  const body = JSON.stringify({ requests: Array.from({ length: MAX_PREDICT_BATCH }, () => ({ instrument: "USD_SGD" })) });
  let bytes = 0;
  const times_ms = await timeEach(WARM_UP + BATCHES, async () => {
    const response = await fetch(`${url}/predict/batch?explain=${explains}`, { method: "POST", body, headers });
    const text = await response.text();
    if (!response.ok || text.includes('"error"')) throw new Error(`a batch was answered with ${response.status}: ${text.slice(0, 300)}`);
    bytes = text.length;
  });
  const { p50_ms, p95_ms, p99_ms } = timingsOf(times_ms.slice(WARM_UP));
  return {
    label: `/predict/batch of ${MAX_PREDICT_BATCH}${explains ? ", explained" : ""}`,
    text: `p50 ${digits(p50_ms)} ms, p95 ${digits(p95_ms)} ms, p99 ${digits(p99_ms)} ms, ${digits(bytes / 1_024)} KiB`,
    values: { p50_ms, p95_ms, p99_ms, bytes },
    budget: explains ? "<= 12 ms" : "-",
  };
}
