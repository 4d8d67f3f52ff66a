import { collectNews } from "../../../functions/pipelines/data_collection/collectNews.ts";
import { validateNews } from "../../../functions/pipelines/data_collection/validateNews.ts";
import { DAY, MINUTE } from "../../../shared/domain/instant.ts";
import type { AppError } from "../../../shared/errors.ts";
import type { NewsRequest } from "../../../shared/ports/newsFetcher.ts";
import { runSlices } from "../engine/stepContext.ts";
import { createTestPorts } from "../ports/testPorts.ts";
import { type FixtureAnswer, fixtureFetcher, newsSource } from "./newsFixtures.ts";

/** collect_news and validate_news of one source, on real stores in memory and answers that the test gives. */
export const NOW = Date.UTC(2025, 9, 2, 12) + 5_000;
export const WINDOW = { start: NOW - 10 * MINUTE - 5_000, end: NOW - 5_000 };
const EVERYTHING = { start: 0, end: NOW + DAY };

export async function newsStepWorld(answerOf: (request: NewsRequest) => FixtureAnswer, source = newsSource()) {
  let now = NOW;
  const news = fixtureFetcher(answerOf, () => now);
  const ports = await createTestPorts({ now: NOW, config: { news_sources: [source] }, news });
  const run = (window = WINDOW) => runSlices(collectNews, ports, { window, map_key: source.id });
  const validate = () => runSlices(validateNews, ports, { window: WINDOW, map_key: source.id });
  const advance = (ms: number) => {
    now += ms;
    ports.clock.advance(ms);
  };
  return { ports, news, run, validate, advance, articles: () => ports.articles.read(EVERYTHING) };
}

export function failed(error: AppError, status = 0): FixtureAnswer {
  return { kind: "failed", status, error, fetched_at: NOW };
}
