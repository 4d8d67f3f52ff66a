import type { PredictionSummaryView } from "../../../../../shared/contracts/predictions.ts";
import { HOUR } from "../../../../../shared/domain/instant.ts";
import { ask } from "../../api/ask.ts";
import { REFRESH_MS } from "../../api/queries.ts";
import { useQuery } from "../../api/useAnswer.ts";
import type { Span } from "./span.ts";

const PAGE = 500;
const PAGES = 4;

export interface PredictionsOfSpan {
  readonly predictions: readonly PredictionSummaryView[];
  /** Since when all are there, epoch ms; null: all of the span are. */
  readonly complete_since: number | null;
}

/** The pipeline's own predictions of a span, the newest first: a quarter's worth at most. */
export function usePredictionsOf(instrument: string, span: Span | null) {
  const key = ["the pipeline's predictions", instrument, span?.from, span?.to];
  return useQuery<PredictionsOfSpan>(key, (signal) => readAll(instrument, span!, signal), {
    is_wanted: instrument !== "" && span !== null,
    refresh_ms: 2 * REFRESH_MS,
  });
}

/** Those of the bar that comes next were asked for at the end of the span, or just after it. */
async function readAll(instrument: string, { from, to }: Span, signal: AbortSignal): Promise<PredictionsOfSpan> {
  const query = {
    instrument,
    source: "pipeline",
    from: new Date(from).toISOString(),
    to: new Date(to + HOUR).toISOString(),
    limit: PAGE,
  } as const;
  const predictions: PredictionSummaryView[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: { predictions: PredictionSummaryView[]; next_cursor: string | null } = await ask(
      "GET /predictions",
      { query: { ...query, ...(cursor === null ? {} : { cursor }) } },
      signal,
    );
    predictions.push(...answer.predictions);
    cursor = answer.next_cursor;
    if (cursor === null) return { predictions, complete_since: null };
  }
  return { predictions, complete_since: Date.parse(predictions.at(-1)!.requested_at) };
}
