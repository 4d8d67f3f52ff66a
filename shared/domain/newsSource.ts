/** How gently a site is asked. Per origin: one request at a time, and at least `delay_ms` between the end of one and the next. */
export interface Politeness {
  readonly delay_ms: number;
  /** Pages of articles that one run may fetch; the rest wait for the next run. */
  readonly max_pages: number;
}

/** A place that news is read from. */
export interface NewsSource {
  /** Lower case letters, digits and underscores; the map key of its tasks. */
  readonly id: string;
  readonly name: string;
  readonly feeds: readonly string[];
  /** ISO 639-1 of what it writes, where the feed does not say. */
  readonly language: string;
  readonly politeness: Politeness;
  /**
   * Address of a feed over a past span, with {from} and {to} (RFC 3339) in it; null for nearly every site. Its items must say when
   * each first became public (`first_seen`, see functions/pipelines/data_collection): a span of the past is replayed from it as it would
   * have been collected then. Without such a record, knowledge time would be invented, so the past is left out.
   */
  readonly archive_url: string | null;
}
