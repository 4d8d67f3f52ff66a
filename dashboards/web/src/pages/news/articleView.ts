/** An article as the pages show it: what they need of GET /api/news/articles. */
export interface ArticleView {
  readonly article_id: string;
  readonly source: string;
  readonly title: string;
  readonly published_at: string | null;
  readonly available_at: string;
  readonly matched_terms: readonly string[];
  readonly is_relevant: boolean;
  readonly reading: ReadingView | null;
}

export interface ReadingView {
  readonly engine: string;
  readonly sentiment_score: number;
  readonly confidence: number;
  readonly sgd_directional_signal: number;
  readonly currencies: readonly { readonly currency: string; readonly relevance: number; readonly direction: number }[];
  readonly duplicate_of: string | null;
}
