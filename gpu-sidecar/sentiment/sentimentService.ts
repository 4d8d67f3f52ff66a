import { setImmediate as nextTurn } from "node:timers/promises";
import type { ArticleSentiment, SentimentHealth, SentimentRequest, SentimentResponse } from "../../shared/contracts/sentiment.ts";
import { AppError } from "../../shared/errors.ts";
import { ArticleQueue } from "./articleQueue.ts";
import type { ModelKeeper } from "./modelKeeper.ts";
import type { ArticleReading, ArticleTask, ModelFacts } from "./modelMessages.ts";
import { ReadingCache } from "./readingCache.ts";

/** The reader of last resort: no model, no file, no process. */
export type ReadWithLexicon = (text: string) => Pick<ArticleSentiment, "sentiment_score" | "probabilities" | "confidence">;

export interface SentimentServiceParts {
  readonly keeper: ModelKeeper;
  readonly lanes: number;
  readonly max_queue: number;
  readonly readWithLexicon: ReadWithLexicon;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

type Article = SentimentRequest["articles"][number];

/** A request without a deadline of its own. */
const DEADLINE_MS = 120_000;
const KEPT_READINGS = 4_096;
/** The lexicon runs in the sidecar's own thread: it makes way for other requests at least this often. */
const LEXICON_TURN_MS = 10;

/** Reads articles with the model while there is one, with the lexicon while there is none, and says which of the two it was. */
export class SentimentService {
  readonly #parts: SentimentServiceParts;
  readonly #queue: ArticleQueue;
  readonly #cache = new ReadingCache(KEPT_READINGS);

  constructor(parts: SentimentServiceParts) {
    this.#parts = parts;
    const { lanes, max_queue, now } = parts;
    this.#queue = new ArticleQueue({ lanes, max_queue, now, keep: (article, reading) => this.#keep(article, reading) });
  }

  /** Resolves when the first try to load the model has begun. */
  start(): Promise<void> {
    return this.#parts.keeper.start(() => {
      const { process, reason } = this.#parts.keeper.current();
      this.#queue.use(process, reason ?? "");
    });
  }

  stop(): void {
    this.#parts.keeper.stop();
  }

  async score({ articles, deadline_ms = DEADLINE_MS }: SentimentRequest, signal: AbortSignal): Promise<SentimentResponse> {
    const { facts } = this.#parts.keeper.current();
    const readings = facts === null ? articles.map(() => null) : await this.#readWithModel(facts, articles, deadline_ms, signal);
    const results: ArticleSentiment[] = [];
    let turned = this.#parts.now();
    for (const [index, article] of articles.entries()) {
      results.push(this.#describe(article, readings[index] ?? null));
      if (this.#parts.now() - turned < LEXICON_TURN_MS) continue;
      await nextTurn();
      turned = this.#parts.now();
    }
    return { results, model: readings.some((reading) => reading !== null) ? (facts?.model ?? null) : null };
  }

  health(): SentimentHealth {
    const { facts, reason } = this.#parts.keeper.current();
    return {
      engine: facts === null ? "lexicon" : "fingpt",
      reason,
      model: facts?.model ?? null,
      base: facts?.base ?? null,
      adapter: facts?.adapter ?? null,
      device: facts?.device ?? null,
      lanes: facts === null ? 0 : this.#parts.lanes,
      queued: this.#queue.queued,
      running: this.#queue.running,
    };
  }

  /** One reading an article; null for one that the model failed on. */
  async #readWithModel(
    { model }: ModelFacts,
    articles: readonly Article[],
    deadline_ms: number,
    signal: AbortSignal,
  ): Promise<readonly (ArticleReading | null)[]> {
    const known = articles.map((article) => this.#cache.get(ReadingCache.key(model, taskOf(article))));
    const unknown = articles.filter((_article, index) => known[index] === null).map(taskOf);
    const read = unknown.length === 0 ? [] : await this.#queue.read(unknown, deadline_ms, signal);
    const failure = read.find((result) => result instanceof AppError);
    if (failure !== undefined) this.#parts.log(`articles were read with the lexicon instead: ${failure.message}`);
    const rest = read.map((result) => (result instanceof AppError ? null : result)).values();
    return known.map((reading) => reading ?? rest.next().value ?? null);
  }

  #keep(article: ArticleTask, reading: ArticleReading): void {
    const { facts } = this.#parts.keeper.current();
    if (facts !== null) this.#cache.put(ReadingCache.key(facts.model, article), reading);
  }

  #describe({ id, text }: Article, reading: ArticleReading | null): ArticleSentiment {
    if (reading !== null) return { id, engine: "fingpt", ...reading };
    const began = performance.now();
    const { sentiment_score, probabilities, confidence } = this.#parts.readWithLexicon(text);
    const ms = Math.round((performance.now() - began) * 1_000) / 1_000;
    return { id, engine: "lexicon", sentiment_score, probabilities, confidence, label_mass: null, truncated: false, ms };
  }
}

function taskOf({ text, market }: Article): ArticleTask {
  return { text, market };
}
