import type { StepContext } from "../../../shared/dag/step.ts";
import { DAY, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import type { Ports } from "../ports.ts";

/** Reason that a rescoring backfill's runs carry in their conf. */
export const RESCORE = "rescore";

/**
 * Asks for the articles that only the lexicon has read to be read again, now that FinGPT is there: by a message to the reprocess queue,
 * which becomes a backfill of the days that they are of. Once a span: what was asked for is noted until the lexicon has to step in again.
 * @returns the span that was asked for, null when nothing was
 */
export async function requestRescore(ports: Ports, context: StepContext): Promise<TimeWindow | null> {
  const [span, asked] = await Promise.all([ports.sentiments.lexiconOnly(), ports.sentiments.rescoreRequested()]);
  // A replay of the past cannot ask for what lies behind its own end; the next live run does.
  if (span === null || span.end > context.window.end) return null;
  if (asked !== null && asked.start < span.start && span.end <= asked.end) return null;
  const wanted = {
    start: Math.floor((span.start - 1) / DAY) * DAY,
    end: Math.min(Math.ceil(span.end / DAY) * DAY, context.window.end),
  };
  const [from, to] = [toIso(wanted.start), toIso(wanted.end)];
  await ports.reprocess.send({
    pipeline: "news_feature_pipeline",
    instruments: [...ports.config.instruments],
    from,
    to,
    reason: RESCORE,
  });
  context.withSettlement(ports.sentiments.prepareRescoreRequest(wanted));
  context.log(`FinGPT is back: asked for the articles from ${from} to ${to} that only the lexicon has read to be read again.`);
  return wanted;
}
