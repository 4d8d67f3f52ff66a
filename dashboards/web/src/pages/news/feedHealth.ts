export interface FeedView {
  readonly last_fetched_at: string | null;
  readonly last_success_at: string | null;
  /** 0: it did not answer at all; null: never asked. */
  readonly last_status: number | null;
  readonly last_error: { readonly code: string; readonly message: string } | null;
}

/** What a feed answered last, as a word with its tone and a sentence. */
export function feedHealth({ last_fetched_at, last_success_at, last_status, last_error }: FeedView): {
  readonly tone: "good" | "warn" | "bad" | "wait";
  readonly text: string;
  readonly sentence: string;
} {
  if (last_fetched_at === null) return { tone: "wait", text: "not asked yet", sentence: "The news pipeline asks it with its next run." };
  const answered = last_status === null || last_status === 0 ? "did not answer" : `answered ${last_status}${SAID[last_status] ?? ""}`;
  if (last_error === null) return { tone: "good", text: "answers", sentence: `It ${answered}.` };
  const tone = last_success_at === null ? "bad" : "warn";
  return { tone, text: last_success_at === null ? "never answered" : "failed last time", sentence: `${last_error.message}.` };
}

const SAID: Readonly<Record<number, string>> = { 200: ", with articles to look through", 304: ": nothing new since the last time" };
