import { createHash } from "node:crypto";
import type { ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import type { CandleChunk } from "./chunkCandles.ts";

/** Chunks on their way at once: one that is stored, and one that is sent and judged meanwhile. */
const AT_ONCE = 2;

export interface SentChunk extends CandleChunk {
  /** SHA-256 of the chunk before it, which is still on its way: the Worker judges this one behind that. Absent: all are answered. */
  readonly follows?: string;
}

/**
 * Sends chunks, some at once. The Worker stores them in their order: each names the one before it. A chunk like one that was sent before
 * cannot be named, since the Worker would not know which of the two is meant; then all answers are waited for.
 */
export class ChunkSender {
  readonly #post: (chunk: SentChunk) => Promise<ImportedCandles>;
  readonly #under_way: { readonly answer: Promise<ImportedCandles>; readonly tell: (answer: ImportedCandles) => void }[] = [];
  readonly #hashes = new Set<string>();
  /** Null: it cannot be named. */
  #last: string | null = null;

  constructor(post: (chunk: SentChunk) => Promise<ImportedCandles>) {
    this.#post = post;
  }

  /** Resolves when the chunk is on its way. `tell` is called with the answers in the order of their chunks. Throws what a chunk before it met. */
  async send(chunk: CandleChunk, tell: (answer: ImportedCandles) => void): Promise<void> {
    await this.#settleUntil(this.#last === null ? 0 : AT_ONCE - 1);
    const follows = this.#under_way.length > 0 ? this.#last : null;
    this.#last = this.#nameOf(chunk);
    const answer = this.#post(follows === null ? chunk : { ...chunk, follows });
    // Met when it is waited for, which may be after another one's.
    answer.catch(() => undefined);
    this.#under_way.push({ answer, tell });
  }

  /** Waits for all answers. */
  finish(): Promise<void> {
    return this.#settleUntil(0);
  }

  async #settleUntil(left: number): Promise<void> {
    while (this.#under_way.length > left) {
      const { answer, tell } = this.#under_way[0]!;
      tell(await answer);
      this.#under_way.shift();
    }
  }

  #nameOf({ ndjson }: CandleChunk): string | null {
    const hash = createHash("sha256").update(ndjson).digest("hex");
    // The Worker reads a text without the mark that it may begin with.
    if (this.#hashes.has(hash) || ndjson.startsWith("\uFEFF")) return null;
    this.#hashes.add(hash);
    return hash;
  }
}
