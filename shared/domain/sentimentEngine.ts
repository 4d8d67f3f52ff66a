/** Who read an article. A lexicon's answer says so wherever it appears. */
export const SENTIMENT_ENGINES = ["fingpt", "lexicon"] as const;
export type SentimentEngine = (typeof SENTIMENT_ENGINES)[number];
