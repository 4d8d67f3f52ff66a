import { describe, expect, it } from "vitest";
import { createDelivery } from "../../../../functions/local/journal/createDelivery.ts";
import type { Journal } from "../../../../functions/local/journal/openJournal.ts";
import { encodePredictions } from "../../../../shared/contracts/predictionBatch.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { PredictionRecord } from "../../../../shared/ports/predictionLog.ts";
import { predictionRecord } from "../../../support/models/predictionRecord.ts";

const AWAY = new AppError("store_unavailable", "The database did not answer.", { status: 503, retryable: true });
const REFUSED = new AppError("internal", "The database refused a statement: no");

/** A journal in memory: one look gives all that is there. */
function memoryJournal(batches: Uint8Array[]): Journal {
  let looked = 0;
  return {
    append: (batch) => void batches.push(batch),
    appendAll: (more) => void batches.push(...more),
    peek: () => {
      looked = batches.length;
      return [...batches];
    },
    drop: () => void batches.splice(0, looked),
    get waiting() {
      return batches.length;
    },
    close: () => undefined,
  };
}

/** Sleeps end at once; the log throws what it is told to, once each, and refuses the records that are bad for good. */
function setUp(batches: Uint8Array[], errors: unknown[] = [], bad: readonly string[] = []) {
  const logged: string[] = [];
  const aside: string[] = [];
  const slept: number[] = [];
  const said: string[] = [];
  const journal = memoryJournal(batches);
  const delivery = createDelivery({
    journal,
    log: {
      append: async (records: readonly PredictionRecord[]) => {
        const error = errors.shift();
        if (error !== undefined) throw error;
        if (records.some(({ prediction_id }) => bad.includes(prediction_id))) throw REFUSED;
        logged.push(...records.map(({ prediction_id }) => prediction_id));
      },
    },
    sleep: async (ms) => void slept.push(ms),
    say: (line) => void said.push(line),
    putAside: (content, reason) =>
      void aside.push(`${content instanceof Uint8Array ? `${content.length} bytes` : content.prediction_id}: ${reason}`),
  });
  return { delivery, journal, logged, aside, slept, said };
}

const batch = (...ids: string[]) => encodePredictions(ids.map((id) => predictionRecord(id)));

describe("the journal's delivery", () => {
  it("brings everything into the log, together", async () => {
    const { delivery, logged, journal } = setUp([batch("a"), batch("b", "c")]);
    expect(await delivery.flush(1_000)).toBe(0);
    expect([logged, journal.waiting]).toEqual([["a", "b", "c"], 0]);
  });

  it("waits for a log that is away, longer each time, and says that it went and that it came back, once each", async () => {
    const { delivery, logged, slept, said } = setUp(
      [batch("a")],
      Array.from({ length: 6 }, () => AWAY),
    );
    delivery.wake();
    delivery.wake();
    await delivery.flush(100_000);
    expect(logged).toEqual(["a"]);
    expect(slept.filter((ms) => ms >= 500)).toEqual([500, 1_000, 2_000, 5_000, 5_000, 5_000]);
    expect(said).toEqual([expect.stringContaining("did not answer. 1 prediction waits"), "the log takes predictions again; 0 wait"]);
  });

  it("tells how many still wait when the time is up", async () => {
    const { delivery, journal } = setUp(
      [batch("a"), batch("b")],
      Array.from({ length: 1_000 }, () => AWAY),
    );
    expect(await delivery.flush(40)).toBe(2);
    expect(journal.waiting).toBe(2);
  });

  it("puts aside what the log refuses for good, and it alone", async () => {
    const { delivery, logged, aside } = setUp([batch("a", "bad", "b"), batch("c", "worse")], [], ["bad", "worse"]);
    expect(await delivery.flush(1_000)).toBe(0);
    expect(logged).toEqual(["a", "b", "c"]);
    expect(aside).toEqual([`bad: ${REFUSED.message}`, `worse: ${REFUSED.message}`]);
  });

  it("puts aside bytes that are no batch", async () => {
    const { delivery, logged, aside } = setUp([batch("a"), Uint8Array.of(1, 2, 3)]);
    expect(await delivery.flush(1_000)).toBe(0);
    expect([logged, aside]).toEqual([["a"], ["3 bytes: 3 bytes are no batch of predictions."]]);
  });
});
