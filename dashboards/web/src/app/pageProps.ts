/** What a page is asked to show. By itself, as the list of pages loads each of them. */
export interface PageProps {
  /** What of it: a pipeline, a model, a prediction; null: the page as a whole. */
  readonly item: string | null;
  /** What of that: a run, a version. */
  readonly part: string | null;
}
