import { amountOf } from "../../format/amountOf.ts";
import { durationOf } from "../../format/time.ts";

/** What a direction says: below this size it points nowhere. */
const FLAT = 0.05;

/** Of a currency, in [-1, 1]: rises, falls or neither, with a sign that does without colour. */
export function directionText(direction: number): { readonly sign: string; readonly text: string; readonly tone: "good" | "bad" | "none" } {
  if (direction > FLAT) return { sign: "▲", text: "strengthens", tone: "good" };
  if (direction < -FLAT) return { sign: "▼", text: "weakens", tone: "bad" };
  return { sign: "■", text: "no direction", tone: "none" };
}

/** The signal of the Singapore dollar as a sentence. */
export function sgdSentence(signal: number): string {
  const { sign } = directionText(signal);
  if (sign === "▲") return "the Singapore dollar strengthens, USD_SGD falls";
  return sign === "▼" ? "the Singapore dollar weakens, USD_SGD rises" : "no direction for the Singapore dollar";
}

/** When an article was published, beside when it could be known. */
export function publishedText(published_at: string | null, problem: string | null, available_at: string): string {
  if (published_at === null) return problem ?? "not dated";
  const delay = Date.parse(available_at) - Date.parse(published_at);
  return delay <= 0 ? "published then" : `published ${durationOf(delay)} before`;
}

/** Who read an article, said plainly. */
export const ENGINES: Readonly<Record<string, { readonly name: string; readonly about: string }>> = {
  fingpt: { name: "FinGPT", about: "a language model that was trained on financial news" },
  lexicon: { name: "lexicon", about: "lists of words, in place of FinGPT, which was not there" },
  none: { name: "not read", about: "not about the traded currencies, or not read yet" },
};

/** How many articles each engine has read, as a sentence; null of none. */
export function engineSentence(articles: readonly { readonly reading: { readonly engine: string } | null }[]): string | null {
  const counts = new Map<string, number>();
  for (const { reading } of articles) if (reading !== null) counts.set(reading.engine, (counts.get(reading.engine) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const by_lexicon = counts.get("lexicon") ?? 0;
  const because = "by the lexicon, which is lists of words: FinGPT, the language model, was not there";
  if (by_lexicon === total) return `All readings here (${total}) are ${because}.`;
  if (by_lexicon === 0) return `All readings here (${total}) are by FinGPT.`;
  const by_model = total - by_lexicon;
  return `Of ${amountOf(total, "reading")} ${amountOf(by_model, "is", "are")} by FinGPT, and ${by_lexicon} ${because}.`;
}
