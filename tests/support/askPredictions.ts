import { setTimeout as sleep } from "node:timers/promises";

export interface Asked {
  /** Ids of the predictions that were answered with 200: those that must be in the log. */
  readonly acknowledged: string[];
  /** Other answers, and connections that broke: nobody was told anything there. */
  failures: number;
  /** Statuses of the other answers. */
  readonly refused: Set<number>;
}

const PAUSE_AFTER_FAILURE_MS = 20;

/** Clients that ask POST /predict one answer after the other until `until` fires, whatever happens to the other side. */
export async function askPredictions(url: string, instrument: string, clients: number, until: AbortSignal, pause_ms = 0): Promise<Asked> {
  const asked: Asked = { acknowledged: [], failures: 0, refused: new Set() };
  const ask = async () => {
    const response = await fetch(`${url}/predict`, {
      method: "POST",
      body: JSON.stringify({ instrument }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (response.status === 200) return asked.acknowledged.push((JSON.parse(text) as { prediction_id: string }).prediction_id);
    asked.refused.add(response.status);
    throw new Error(text);
  };
  const client = async () => {
    while (!until.aborted) {
      try {
        await ask();
        if (pause_ms > 0) await sleep(pause_ms);
      } catch {
        asked.failures++;
        await sleep(PAUSE_AFTER_FAILURE_MS);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return asked;
}
