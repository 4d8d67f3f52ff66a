import { createHash } from "node:crypto";
import type { ArticleReading, ArticleTask } from "./modelMessages.ts";

/**
 * The latest readings, by model and article. The same article is read to the same answer, so that a request that ran into its
 * deadline, or a step that was killed, finds on the next try what was done already: slow machines get through a batch at all.
 */
export class ReadingCache {
  readonly #limit: number;
  readonly #readings = new Map<string, ArticleReading>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  static key(model: string, article: ArticleTask): string {
    return createHash("sha256")
      .update(JSON.stringify([model, article.text, article.market]))
      .digest("base64");
  }

  get(key: string): ArticleReading | null {
    return this.#readings.get(key) ?? null;
  }

  put(key: string, reading: ArticleReading): void {
    this.#readings.delete(key);
    this.#readings.set(key, reading);
    const oldest = this.#readings.size > this.#limit ? this.#readings.keys().next().value : undefined;
    if (oldest !== undefined) this.#readings.delete(oldest);
  }
}
