import { defineStep } from "../../../shared/dag/defineStep.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import type { QualityFacts } from "../../../shared/ports/monitorStore.ts";
import type { Ports } from "../ports.ts";
import { barGaps } from "./barGaps.ts";
import { newlyMissing } from "./newlyMissing.ts";
import { checkReportSchema, recordReadings } from "./recordReadings.ts";
import { rowViolations } from "./rowViolations.ts";

/** Whether the data that lies in the store is whole and sound: layer by layer, source by source, and of what was really served. */
export const checkQuality = defineStep({
  name: "quality",
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const at = context.window.end;
    const facts = await ports.monitor.quality({ start: at - DAY, end: at });
    const observations = [...ofStore(facts, at), ...(await ofSources(ports, at))];
    for (const instrument of ports.config.instruments) observations.push(...(await ofInstrument(ports, instrument, at, facts)));
    return { kind: "success", report: recordReadings(ports, context, observations) };
  },
});

function of(
  measured_at: Instant,
  subject: string,
  metric: string,
  found: Pick<Observation, "value" | "n" | "details" | "reason">,
): Observation {
  return { check: "quality", subject, metric, measured_at, ...found };
}

function ofStore({ rejects_by_reason, articles, read_by_lexicon }: QualityFacts, at: Instant): Observation[] {
  const share = articles === 0 ? { value: null, reason: "no article was read" } : { value: read_by_lexicon / articles };
  return [
    ...Object.entries(rejects_by_reason).map(([reason, value]) => of(at, reason, "rejects_24h", { value })),
    of(at, "news", "lexicon_share_24h", { ...share, n: articles, details: { read_by_lexicon } }),
  ];
}

async function ofSources(ports: Ports, at: Instant): Promise<Observation[]> {
  const known = new Map((await ports.monitor.newsSources()).map((state) => [state.source, state]));
  return ports.config.news_sources.map(({ id }) => {
    const state = known.get(id);
    if (!state) return of(at, id, "failing_feeds", { value: null, reason: "no feed of it has been asked yet" });
    return of(at, id, "failing_feeds", { value: state.errors.length, n: state.feeds, details: { named: state.errors } });
  });
}

async function ofInstrument(ports: Ports, instrument: string, at: Instant, facts: QualityFacts): Promise<Observation[]> {
  const refused = facts.rejects_by_instrument[instrument] ?? {};
  const lines = Object.values(refused).reduce((sum, count) => sum + count, 0);
  const [silver, gold] = await rowViolations(ports, instrument, at);
  return [
    of(at, instrument, "bar_gap_share_30d", await barGaps(ports, instrument, at)),
    of(at, instrument, "bronze_violations_24h", { value: lines, details: { by_reason: refused } }),
    of(at, instrument, "silver_violations_24h", silver),
    of(at, instrument, "gold_violations_24h", gold),
    of(at, instrument, "newly_missing", await missingOrReason(ports, instrument, at)),
  ];
}

/** A model that cannot be read hides nothing of the data. */
async function missingOrReason(ports: Ports, instrument: string, at: Instant): Promise<Pick<Observation, "value" | "reason">> {
  try {
    return await newlyMissing(ports, instrument, at);
  } catch (error) {
    const problem = toAppError(error);
    if (problem.retryable) throw error;
    return { value: null, reason: problem.message };
  }
}
