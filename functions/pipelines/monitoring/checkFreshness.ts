import { defineStep } from "../../../shared/dag/defineStep.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, HOUR, type Instant, toIso, toIsoOrNull } from "../../../shared/domain/instant.ts";
import { openMarketMs } from "../../../shared/domain/marketCalendar.ts";
import { toAppError } from "../../../shared/errors.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { referenceOf, type ViewSchema } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { productionVersion } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { checkReportSchema, recordReadings } from "./recordReadings.ts";

/**
 * How old the newest of everything is, as known at the window's end. Bars and what is made of them age in market hours: over a weekend they
 * grow no older. News, its features and models age by the clock. Imported history has no newest bar that anybody waits for, so the market is then not among it,
 * and pairs that no bars were imported of are not watched at all.
 */
export const checkFreshness = defineStep({
  name: "freshness",
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const at = context.window.end;
    const is_live = ports.config.market_origin !== "import";
    if (!is_live) context.log("Candles are imported, none are collected: the age of bars and market features is not watched.");
    const observations: Observation[] = [];
    for (const instrument of ports.config.instruments) {
      if (!is_live && (await ports.bars.lastStart(instrument, BASE_GRANULARITY)) === null) continue;
      if (is_live)
        observations.push(
          await ageOfBars(ports, instrument, at),
          await ageOfSilver(ports, instrument, at),
          await ageOnline(ports, instrument, at),
        );
      const watched = modelViews(ports.config).filter(({ source }) => is_live || source !== "bars");
      for (const view of watched) observations.push(await ageOfRow(ports, view, instrument, at));
      observations.push(await ageOfModel(ports, instrument, at));
    }
    if (is_live) observations.push(...(await agesOfPipelines(ports, at)));
    observations.push(...(await agesOfSources(ports, at)));
    return { kind: "success", report: recordReadings(ports, context, observations) };
  },
});

async function ageOfBars(ports: Ports, instrument: string, at: Instant): Promise<Observation> {
  const [bar] = await ports.bars.readLast(instrument, BASE_GRANULARITY, at - BASE_GRANULARITY_MS + 1, 1);
  const aged = { metric: "bar_age_h", subject: instrument, at, market_hours: true };
  return ageOf(aged, bar ? bar.start + BASE_GRANULARITY_MS : null, "no bar is stored");
}

/** Of the views that gold is made beside: the oldest. */
async function ageOfSilver(ports: Ports, subject: string, at: Instant): Promise<Observation> {
  const rows = await ports.features.latestOf(subject, SILVER_VIEWS.map(referenceOf), at);
  const times = rows.map((row) => row?.event_time ?? null);
  const oldest = times.includes(null) ? null : Math.min(...(times as Instant[]));
  return ageOf({ metric: "silver_age_h", subject, at, market_hours: true }, oldest, "a silver view has no row");
}

/** A replay of the past sees what is served now. One that does not answer is told of by reachable. */
async function ageOnline(ports: Ports, subject: string, at: Instant): Promise<Observation> {
  const aged = { metric: "online_age_h", subject, at, market_hours: true };
  try {
    const row = (await ports.online.read(subject))?.[modelViews(ports.config)[0]!.name];
    return ageOf(aged, row ? Math.min(row.event_time, at) : null, "the online store has no row of the market");
  } catch (error) {
    return ageOf(aged, null, toAppError(error).message);
  }
}

/** Those that run every hour and more often; that models are trained is told of by their age. */
const PIPELINES = ["data_collection", "market_feature_pipeline", "news_feature_pipeline"];

async function agesOfPipelines(ports: Ports, at: Instant): Promise<Observation[]> {
  const newest = await ports.monitor.newestSuccesses(PIPELINES, at);
  return PIPELINES.map((subject) =>
    ageOf({ metric: "pipeline_age_h", subject, at, market_hours: true }, newest.get(subject) ?? null, "no run of it has succeeded"),
  );
}

/** Aged as serving ages the rows of the view: by the market's hours or by the clock. */
async function ageOfRow(ports: Ports, view: ViewSchema, subject: string, at: Instant): Promise<Observation> {
  const metric = `${view.name}_age_h`;
  const row = await ports.features.latest(subject, referenceOf(view), at);
  return ageOf({ metric, subject, at, market_hours: view.market_hours }, row?.event_time ?? null, `no row of ${view.name} is built`);
}

interface Aged {
  readonly metric: string;
  readonly subject: string;
  readonly at: Instant;
  readonly market_hours: boolean;
}

function ageOf({ metric, subject, at, market_hours }: Aged, newest: Instant | null, reason: string): Observation {
  const observation = { check: "freshness", subject, metric, measured_at: at } as const;
  if (newest === null) return { ...observation, value: null, reason };
  const age_ms = market_hours ? openMarketMs(newest, at) : at - newest;
  return { ...observation, value: age_ms / HOUR, details: { newest: toIso(newest) } };
}

async function ageOfModel(ports: Ports, instrument: string, measured_at: Instant): Promise<Observation> {
  const observation = { check: "freshness", subject: modelNameOf(instrument), metric: "model_age_d", measured_at } as const;
  const version = await productionVersion(ports, instrument, measured_at);
  if (!version) return { ...observation, value: null, reason: "no version is in Production" };
  const { creation_timestamp: trained_until } = version;
  return {
    ...observation,
    value: (measured_at - trained_until) / DAY,
    details: { version: version.version, trained_until: toIso(trained_until) },
  };
}

/** Of the configured sources, by the clock and not by the market: news sites know no weekend. */
async function agesOfSources(ports: Ports, measured_at: Instant): Promise<Observation[]> {
  const known = new Map((await ports.monitor.newsSources()).map((state) => [state.source, state]));
  return ports.config.news_sources.map(({ id }) => {
    const observation = { check: "freshness", subject: id, metric: "news_source_age_h", measured_at } as const;
    const state = known.get(id);
    if (!state) return { ...observation, value: null, reason: "no feed of it has been asked yet" };
    const { feeds, errors, last_success_at, last_fetched_at } = state;
    const details = { feeds, errors, last_fetched_at: toIsoOrNull(last_fetched_at) };
    if (last_success_at === null) return { ...observation, value: null, reason: "it has never answered well", details };
    // A replay of the past sees the present state of the feeds: what succeeded later is as fresh as can be.
    const value = Math.max(0, measured_at - last_success_at) / HOUR;
    return { ...observation, value, details: { ...details, last_success_at: toIso(last_success_at) } };
  });
}
