import { setTimeout as sleep } from "node:timers/promises";

export interface Asked {
  /** Ids of the predictions that were answered with 200: those that must be in the log. */
  readonly acknowledged: string[];
  /** Other answers, and connections that broke: nobody was told anything there. */
  failures: number;
  /** How often each other answer came, by its status and its reason: our code, or the beginning of what somebody else says. */
  readonly refused: Map<string, number>;
}

const REASON_LENGTH = 100;
const PAUSE_AFTER_FAILURE_MS = 20;
const TIMEOUT_MS = 20_000;
/** Of a side that holds its answers back, no more than this is asked at once. */
const MAX_UNDER_WAY = 500;

/** Clients that ask POST /predict one answer after the other until `until` fires, whatever happens to the other side. */
export async function askPredictions(url: string, instrument: string, clients: number, until: AbortSignal): Promise<Asked> {
  const asked = nothingAsked();
  const client = async () => {
    while (!until.aborted) if (!(await ask(asked, url, instrument))) await sleep(PAUSE_AFTER_FAILURE_MS);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return asked;
}

/** So many questions a second until `until` fires, whether the ones before are answered or not. */
export async function askAtRate(url: string, instrument: string, per_second: number, until: AbortSignal): Promise<Asked> {
  const asked = nothingAsked();
  const under_way = new Set<Promise<boolean>>();
  const began = performance.now();
  for (let count = 0; !until.aborted; count++) {
    const ahead_ms = began + (count * 1_000) / per_second - performance.now();
    if (ahead_ms > 0) await sleep(ahead_ms);
    if (under_way.size >= MAX_UNDER_WAY) continue;
    const question = ask(asked, url, instrument).finally(() => under_way.delete(question));
    under_way.add(question);
  }
  await Promise.all(under_way);
  return asked;
}

function nothingAsked(): Asked {
  return { acknowledged: [], failures: 0, refused: new Map() };
}

async function ask(asked: Asked, url: string, instrument: string): Promise<boolean> {
  try {
    const body = JSON.stringify({ instrument });
    const response = await fetch(`${url}/predict`, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (response.status === 200) {
      asked.acknowledged.push((JSON.parse(text) as { prediction_id: string }).prediction_id);
      return true;
    }
    const refusal = `${response.status} ${reasonOf(text)}`;
    asked.refused.set(refusal, (asked.refused.get(refusal) ?? 0) + 1);
  } catch (error) {
    // Whatever breaks while its other side is killed.
    if (!(error instanceof Error)) throw error;
  }
  asked.failures++;
  return false;
}

function reasonOf(text: string): string {
  const ours = /"code":"(\w+)"/.exec(text)?.[1];
  return ours ?? text.replaceAll(/\s+/g, " ").slice(0, REASON_LENGTH);
}
