import { describe, expect, it, vi } from "vitest";
import { createJournalInbox } from "../../../functions/adapters/journalInbox.ts";
import { createJournalQueue, type JournalTry } from "../../../functions/adapters/journalQueue.ts";
import { decodePredictions } from "../../../shared/contracts/predictionBatch.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { createTestClock } from "../../support/engine/testEngine.ts";
import { predictionRecord } from "../../support/models/predictionRecord.ts";

const RECORDS = [predictionRecord("a"), predictionRecord("b")];
const idsIn = (batch: Uint8Array) => decodePredictions(batch).map(({ prediction_id }) => prediction_id);

describe("batches on their way to the journal", () => {
  /** Answers of the tries; each pause moves the clock. */
  function queue(answers: (string | null)[]) {
    const tries: string[] = [];
    const clock = createTestClock(0);
    const hand: JournalTry = async (batch, name) => {
      tries.push(`${name}: ${idsIn(batch)}`);
      return answers.shift() ?? null;
    };
    const sleep = async (ms: number) => clock.set(clock.now() + ms);
    return { send: createJournalQueue({ hand, clock, sleep }).send, tries, clock };
  }

  it("are handed over under the same name until they are taken", async () => {
    const { send, tries } = queue(["away", "away", null]);
    await send(RECORDS);
    expect(tries).toEqual(["a: a,b", "a: a,b", "a: a,b"]);
    await send([]);
    expect(tries).toHaveLength(3);
  });

  it("are given up after five seconds, with the last reason", async () => {
    const { send, clock } = queue(Array.from({ length: 100 }, () => "500 no room"));
    await expect(send(RECORDS)).rejects.toMatchObject({
      code: "store_unavailable",
      status: 503,
      message: "The journal did not take 2 predictions: 500 no room",
    });
    expect(clock.now()).toBe(5 * SECOND);
  });
});

describe("a batch for the inbox", () => {
  const otherwise = vi.fn<JournalTry>(async () => "the disk is full");
  const batch = new Uint8Array([1, 2, 3]);

  it("is put as a file of its name, and nobody else is asked", async () => {
    const put = vi.fn<typeof fetch>(async () => new Response(null, { status: 204 }));
    expect(await createJournalInbox({ fetch: put }, otherwise)(batch, "a")).toBeNull();
    expect(put).toHaveBeenCalledExactlyOnceWith("http://journal/a", { method: "PUT", body: batch });
    expect(otherwise).not.toHaveBeenCalled();
  });

  it.each([
    ["says no", async () => new Response(null, { status: 500 })],
    ["breaks", () => Promise.reject(new Error("no space"))],
  ] as const)("is handed to the process when the folder %s, and what that says counts", async (_name, put) => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    expect(await createJournalInbox({ fetch: put }, otherwise)(batch, "a")).toBe("the disk is full");
    expect(otherwise).toHaveBeenLastCalledWith(batch, "a");
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });
});
