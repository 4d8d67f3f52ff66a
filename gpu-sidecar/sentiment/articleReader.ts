import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import { type Frame, fitTokens, type Tokens } from "./fitTokens.ts";
import { Lane } from "./lane.ts";
import { type LoadedModel, loadModel } from "./loadModel.ts";
import type { ArticleReading, ArticleTask, LoadTask, ModelFacts } from "./modelMessages.ts";
import { PROMPT_HEAD, promptText } from "./promptText.ts";

export interface ArticleReader {
  readonly facts: ModelFacts;
  /** At most as many at once as there are lanes. */
  read(article: ArticleTask): Promise<ArticleReading>;
}

/** Read once before the first real one: it brings the weights into memory and shows whether the model answers the question at all. */
const TRIAL: ArticleTask = { text: "Shares rally after profit beats forecasts", market: null };
/** A prompt of which less is left for the article is not worth asking. */
const LEAST_ARTICLE_TOKENS = 64;

export async function createArticleReader(task: LoadTask, log: (line: string) => void): Promise<ArticleReader> {
  const started = performance.now();
  const loaded = await loadModel(task, log);
  const lanes = Array.from({ length: task.lanes }, () => new Lane(loaded.context.getSequence(), loaded.label_ids, task.reuse_prefix));
  const read = async (article: ArticleTask): Promise<ArticleReading> => {
    const lane = lanes.pop();
    if (lane === undefined) throw new AppError("queue_full", `all ${task.lanes} lanes are taken`);
    const began = performance.now();
    try {
      const fitted = fitArticle(loaded, task.prompt_market ? article : { ...article, market: null });
      const reading = await lane.read(fitted);
      return { ...reading, truncated: fitted.truncated, ms: Math.round((performance.now() - began) * 100) / 100 };
    } finally {
      lanes.push(lane);
    }
  };
  const { label_mass: trial_label_mass } = await read(TRIAL);
  return { facts: { ...loaded.facts, trial_label_mass, load_ms: Math.round(performance.now() - started) }, read };
}

/** The whole prompt in one call, special tokens off: whatever an article contains stays text. */
function fitArticle({ model, limit }: LoadedModel, { text, market }: ArticleTask) {
  const opening = model.tokens.shouldPrependBosToken && model.tokens.bos !== null ? [model.tokens.bos] : [];
  const tokenize = (prompt: string): Tokens => [...opening, ...model.tokenize(prompt, false)];
  const frame: Frame = { head: tokenize(PROMPT_HEAD), empty: tokenize(promptText("", market)), limit };
  if (frame.empty.length + LEAST_ARTICLE_TOKENS > limit) {
    throw new AppError(
      "invalid_model",
      `the model's context of ${counted(limit, "token")} is too small for the prompt of ${frame.empty.length}`,
    );
  }
  return fitTokens(tokenize(promptText(text, market)), frame);
}
