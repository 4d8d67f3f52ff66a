import type { PredictionSummaryView } from "../../../../../shared/contracts/predictions.ts";
import { ask } from "../../api/ask.ts";
import { REFRESH_MS } from "../../api/queries.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { askedWithin, type PredictionsOfSpan, predictionsOfSpan } from "./predictionsOfSpan.ts";
import type { Span } from "./span.ts";

const PAGE = 500;
const PAGES = 4;

/** The pipeline's own predictions of the time of a span, the newest first: a quarter's worth at most. `is_wanted`: not yet, if false. */
export function usePredictionsOf(instrument: string, span: Span | null, is_wanted = true) {
  const key = ["the pipeline's predictions", { instrument, from: span?.from, to: span?.to }];
  return useQuery<PredictionsOfSpan>(key, (signal) => readAll(instrument, span!, signal), {
    is_wanted: is_wanted && instrument !== "" && span !== null,
    refresh_ms: 2 * REFRESH_MS,
  });
}

async function readAll(instrument: string, span: Span, signal: AbortSignal): Promise<PredictionsOfSpan> {
  const { from, to } = askedWithin(span);
  const query = {
    instrument,
    source: "pipeline",
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    limit: PAGE,
  } as const;
  const found: PredictionSummaryView[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: { predictions: PredictionSummaryView[]; next_cursor: string | null } = await ask(
      "GET /predictions",
      { query: { ...query, ...(cursor === null ? {} : { cursor }) } },
      signal,
    );
    found.push(...answer.predictions);
    cursor = answer.next_cursor;
    if (cursor === null) break;
  }
  return predictionsOfSpan(found, span, cursor === null);
}
