import { byCount } from "../../shared/domain/byCount.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import type { ArticleReading, ArticleTask } from "./modelMessages.ts";
import type { ModelProcess } from "./modelProcess.ts";

export interface QueueParts {
  readonly lanes: number;
  readonly max_queue: number;
  readonly now: () => number;
  /** Called for every reading, also for one whose request has been given up meanwhile. */
  readonly keep: (article: ArticleTask, reading: ArticleReading) => void;
}

/** One request's articles. */
interface Batch {
  readonly results: (ArticleReading | AppError)[];
  left: number;
  readonly done: (results: readonly (ArticleReading | AppError)[]) => void;
}

interface Waiting {
  readonly article: ArticleTask;
  readonly index: number;
  readonly batch: Batch;
}

/** How fast the last articles went counts for so much against all before. */
const SPEED_WEIGHT = 0.1;
/** Before anything was measured. */
const FIRST_GUESS_MS = 100;

/** Articles in order of arrival, at most `lanes` of them in the model process. */
export class ArticleQueue {
  readonly #parts: QueueParts;
  #waiting: Waiting[] = [];
  #process: ModelProcess | null = null;
  #running = 0;
  #article_ms = FIRST_GUESS_MS;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  get running(): number {
    return this.#running;
  }

  /** Articles that wait for a model which is gone fail with it; those in it fail by themselves. */
  use(process: ModelProcess | null, reason: string): void {
    this.#process = process;
    if (process === null) {
      const error = new AppError("process_failed", reason, { status: 503, retryable: true });
      for (const { batch, index } of this.#waiting.splice(0)) settle(batch, index, error);
    }
    this.#pump();
  }

  /**
   * Resolves with one reading or one error an article. Throws queue_full at once where too many wait (an empty queue takes any
   * request), deadline_exceeded or cancelled as soon as it is known that some of the articles will not be read: what has not begun
   * by then is not begun.
   */
  read(articles: readonly ArticleTask[], deadline_ms: number, signal: AbortSignal): Promise<readonly (ArticleReading | AppError)[]> {
    this.#requirePlace(articles.length);
    const { promise, resolve, reject } = Promise.withResolvers<readonly (ArticleReading | AppError)[]>();
    if (signal.aborted) reject(cancelled());
    const batch: Batch = { results: [], left: articles.length, done: resolve };
    const drop = (error: (begun: number) => AppError) => {
      const before = this.#waiting.length;
      this.#waiting = this.#waiting.filter((entry) => entry.batch !== batch);
      const dropped = before - this.#waiting.length;
      if (dropped > 0) reject(error(articles.length - dropped));
    };
    const onAbort = () => drop(cancelled);
    signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => drop((begun) => this.#deadlineExceeded(begun, articles.length, deadline_ms)), deadline_ms);
    if (!signal.aborted) this.#waiting.push(...articles.map((article, index) => ({ article, index, batch })));
    this.#pump();
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    });
  }

  #pump(): void {
    while (this.#process !== null && this.#running < this.#parts.lanes) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running += 1;
      void this.#readOne(this.#process, next);
    }
  }

  async #readOne(process: ModelProcess, { article, index, batch }: Waiting): Promise<void> {
    const began = this.#parts.now();
    try {
      const reading = await process.read(article);
      this.#parts.keep(article, reading);
      settle(batch, index, reading);
      this.#article_ms += SPEED_WEIGHT * (this.#parts.now() - began - this.#article_ms);
    } catch (error) {
      settle(batch, index, error as AppError);
    } finally {
      this.#running -= 1;
      this.#pump();
    }
  }

  #requirePlace(articles: number): void {
    const { max_queue, lanes } = this.#parts;
    const waiting = this.#waiting.length;
    const too_many = waiting + articles - max_queue;
    if (waiting === 0 || too_many <= 0) return;
    const retry_after_ms = Math.ceil((Math.min(too_many, waiting) * this.#article_ms) / lanes);
    const message = `${counted(waiting, "article")} ${byCount(waiting, "waits", "wait")} already and at most ${max_queue} may (SIDECAR_MAX_QUEUE): send them again in ${Math.ceil(retry_after_ms / 1_000)} s`;
    throw new AppError("queue_full", message, { status: 429, retryable: true, retry_after_ms, details: { queued: waiting, max_queue } });
  }

  #deadlineExceeded(begun: number, total: number, deadline_ms: number): AppError {
    const article_ms = Math.round(this.#article_ms);
    const message = `${begun} of ${counted(total, "article")} ${byCount(begun, "was", "were")} begun within ${deadline_ms} ms (about ${article_ms} ms each): send them again, what was read is kept, or fewer at once`;
    return new AppError("deadline_exceeded", message, { status: 504, retryable: true, details: { begun, total, article_ms } });
  }
}

function settle(batch: Batch, index: number, result: ArticleReading | AppError): void {
  batch.results[index] = result;
  batch.left -= 1;
  if (batch.left === 0) batch.done(batch.results);
}

function cancelled(): AppError {
  return new AppError("cancelled", "the client went away before its articles were read", { status: 499 });
}
