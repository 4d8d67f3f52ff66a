import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { CandleChunk } from "../../../functions/local/import/chunkCandles.ts";
import { ChunkSender, type SentChunk } from "../../../functions/local/import/chunkSender.ts";
import type { ImportedCandles } from "../../../shared/contracts/candleImport.ts";

const chunk = (ndjson: string): CandleChunk => ({ instrument: "USD_SGD", granularity: "H1", ndjson, lines: 1, window: null, origins: [] });
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const NOTHING: ImportedCandles = { read: 1, inserted: 0, unchanged: 0, replaced: 0, rejected: {}, first_rejects: [] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A Worker that answers when it is told to. */
function slowWorker() {
  const sent: { readonly chunk: SentChunk; readonly answer: (read: number) => void; readonly fail: (error: Error) => void }[] = [];
  const post = (one: SentChunk) =>
    new Promise<ImportedCandles>((resolve, reject) => {
      sent.push({ chunk: one, answer: (read) => resolve({ ...NOTHING, read }), fail: reject });
    });
  return { sent, sender: new ChunkSender(post) };
}

it("sends two chunks at once, the second naming the first, and tells of the answers in their order", async () => {
  const { sent, sender } = slowWorker();
  const told: number[] = [];
  const tell = ({ read }: ImportedCandles) => void told.push(read);
  await sender.send(chunk("a"), tell);
  await sender.send(chunk("b"), tell);
  const third = sender.send(chunk("c"), tell);
  await turn();
  expect(sent.map((one) => one.chunk.follows)).toEqual([undefined, hashOf("a")]);
  sent[1]!.answer(2);
  await turn();
  expect([sent.length, told]).toEqual([2, []]);
  sent[0]!.answer(1);
  await third;
  expect(sent.map((one) => one.chunk.follows)).toEqual([undefined, hashOf("a"), hashOf("b")]);
  sent[2]!.answer(3);
  await sender.finish();
  expect(told).toEqual([1, 2, 3]);
});

it.each(["a", "\uFEFFx"])("waits behind a chunk that cannot be named: %j", async (text) => {
  const { sent, sender } = slowWorker();
  await sender.send(chunk("a"), () => undefined);
  sent[0]!.answer(1);
  await sender.send(chunk(text), () => undefined);
  const next = sender.send(chunk("b"), () => undefined);
  await turn();
  expect(sent.length).toBe(2);
  sent[1]!.answer(1);
  await next;
  expect(sent[2]!.chunk.follows).toBeUndefined();
});

it("ends with what the Worker refuses, also of the chunk before the one that is sent", async () => {
  const { sent, sender } = slowWorker();
  await sender.send(chunk("a"), () => undefined);
  await sender.send(chunk("b"), () => undefined);
  sent[1]!.fail(new Error("second"));
  sent[0]!.fail(new Error("first"));
  await expect(sender.finish()).rejects.toThrow("first");
});
