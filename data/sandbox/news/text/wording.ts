/** One way for a kind of news to go: what headline and first sentence must agree on. Patterns of text/spin.ts. */
export interface Story {
  readonly titles: readonly string[];
  /** First sentence, of the summary and of the article. */
  readonly leads: readonly string[];
}

export interface Wording {
  readonly stories: readonly Story[];
  /** Paragraphs that go on, whichever the story. */
  readonly details: readonly string[];
}

/** `up`: speaks for the currency. `down`: against it. */
export interface TwoSided {
  readonly up: Wording;
  readonly down: Wording;
}
