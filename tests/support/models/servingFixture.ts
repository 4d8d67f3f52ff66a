import { vi } from "vitest";
import { goldViewOf } from "../../../functions/pipelines/common/goldViewOf.ts";
import type { PredictorPorts } from "../../../functions/serving/predictor.ts";
import { DAY, HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { featureSetHash, modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import { knownViews } from "../../../shared/features/views.ts";
import { type ModelCard, modelArtifactKeys, sourceKeys } from "../../../shared/models/modelCard.ts";
import type { ModelClaim } from "../../../shared/models/modelClaim.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { sealModelCard } from "../../../shared/models/modelSeal.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { GATE } from "../api/actors.ts";
import type { TestPorts } from "../ports/testPorts.ts";
import { tinyModel } from "./tinyModel.ts";

/** Models and rows by hand, for tests of serving: a model says up when `ret_1` is below 0, with the strength that it is given. */
export const INSTRUMENTS = ["USD_SGD", "EUR_USD"] as const;
export const GOLD = goldViewOf({ instruments: INSTRUMENTS });
const REFERENCE = { view: GOLD.name, schema_hash: GOLD.schema_hash };
const RET_1 = GOLD.features.findIndex((feature) => feature.name === "ret_1");

export const CLAIM: ModelClaim = {
  skill: "statistical",
  skill_reason: "Better than every baseline.",
  judged_rows: 5_000,
  accuracy: { estimate: 0.54, low: 0.52, high: 0.56 },
  baseline: { name: "momentum", accuracy: 0.51 },
  net_bp: { estimate: -0.4, low: -0.6, high: -0.2 },
};

export interface ModelOptions {
  readonly run_id: string;
  readonly strength: number;
  /** When it is in Production from; not at all when absent. */
  readonly promoted_at?: Instant;
  /** Why; one of the gate's lets it be put back later. */
  readonly reason?: string;
  readonly online?: boolean;
  readonly card?: Partial<ModelCard>;
  /** Its inputs, where they are not those of the present views. */
  readonly feature_names?: string[];
  /** Its card is of before hashes were recorded. */
  readonly unsealed?: boolean;
  /** It reads news too: up by `strength` where the news says that the pair rises, down where it says the opposite or nothing. */
  readonly reads_news?: boolean;
}

export async function addModel(ports: TestPorts, options: ModelOptions): Promise<string> {
  const { run_id, strength, promoted_at, online = true, reads_news = false } = options;
  const name = modelNameOf("USD_SGD");
  const views = reads_news ? [GOLD, NEWS_FEATURES] : [GOLD];
  const readable = views.flatMap((view) => modelFeatureNames(view, "USD_SGD"));
  const feature_names = options.feature_names ?? readable;
  const card: ModelCard = {
    name,
    instrument: "USD_SGD",
    run_id,
    views: views.map(referenceOf),
    feature_names,
    feature_set_hash: featureSetHash(views, readable),
    horizon_bars: 1,
    dataset: "d",
    trained_until: 0,
    library_version: "3.4.1",
    seeds: [1],
    calibration: { kind: "none" },
    return_interval: null,
    format: "xgboost",
    origin: "here",
    ...CLAIM,
    ...options.card,
  };
  const source = modelArtifactKeys(run_id).source;
  const split = reads_news
    ? { feature: feature_names.indexOf("pair_directional_signal"), threshold: 0, left: -strength, right: strength }
    : { feature: feature_names.indexOf("ret_1"), threshold: 0, left: strength, right: -strength };
  // What a test or the bench has put there before stays.
  await ports.lake.putOnce(sourceKeys(source).json, tinyModel(feature_names, split), "application/json");
  const model = (await ports.lake.get(sourceKeys(source).json))!;
  await ports.lake.putOnce(
    sourceKeys(source).card,
    options.unsealed ? JSON.stringify(card) : sealModelCard(card, model),
    "application/json",
  );
  const { version } = await ports.tracking.registerVersion(name, run_id, source, promoted_at ?? 0);
  if (promoted_at === undefined) return version;
  await ports.tracking.transition(name, version, "Production", promoted_at, options.reason ?? "test", GATE);
  if (online) await ports.online.writeProduction({ name, version, run_id, source, promoted_at });
  return version;
}

/** A row of the gold view with everything missing but ret_1. */
export function goldRow(event_time: Instant, ret_1: number, available_at = event_time): FeatureRow {
  const values = new Float64Array(GOLD.features.length).fill(Number.NaN);
  values[RET_1] = ret_1;
  return { event_time, created_time: event_time, available_at, values };
}

/** A row of news with everything missing but the direction of the pair. */
export function newsRow(event_time: Instant, pair_directional_signal: number, available_at = event_time): FeatureRow {
  const values = new Float64Array(NEWS_FEATURES.features.length).fill(Number.NaN);
  values[NEWS_FEATURES.features.findIndex((feature) => feature.name === "pair_directional_signal")] = pair_directional_signal;
  return { event_time, created_time: event_time, available_at, values };
}

export async function addNewsRows(ports: TestPorts, rows: readonly FeatureRow[]): Promise<void> {
  await ports.features.register(toRegisteredView(NEWS_FEATURES));
  await ports.features.write("USD_SGD", referenceOf(NEWS_FEATURES), rows);
}

export async function materializeNews(ports: TestPorts, row: FeatureRow, schema_hash = NEWS_FEATURES.schema_hash): Promise<void> {
  await ports.online.write("USD_SGD", { [NEWS_FEATURES.name]: toOnlineRow(row, schema_hash) });
}

export async function addRows(ports: TestPorts, rows: readonly FeatureRow[]): Promise<void> {
  await ports.features.register(toRegisteredView(GOLD));
  await ports.features.write("USD_SGD", REFERENCE, rows);
}

export async function materialize(ports: TestPorts, row: FeatureRow): Promise<void> {
  await ports.online.write("USD_SGD", { [GOLD.name]: toOnlineRow(row, GOLD.schema_hash) });
}

/** Hourly rows that end at `last`, falling and rising in turn, the last one falling. */
export function alternatingRows(last: Instant, count: number): FeatureRow[] {
  return Array.from({ length: count }, (_, i) => goldRow(last - (count - 1 - i) * HOUR, (count - i) % 2 === 1 ? -0.001 : 0.001));
}

export function predictorPorts(ports: TestPorts, change: Partial<PredictorPorts> = {}): PredictorPorts {
  let ids = 0;
  return { ...ports, views: knownViews({ instruments: INSTRUMENTS }), newId: () => `prediction-${++ids}`, ...change };
}

/** A model in Production since ten days and hourly rows up to `last`, in libSQL and online. */
export async function ready(ports: TestPorts, last: Instant, rows = 60, card: Partial<ModelCard> = {}): Promise<void> {
  const all = alternatingRows(last, rows);
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: last - 10 * DAY, card });
  await addRows(ports, all);
  await materialize(ports, all.at(-1)!);
}

/** A call of a store that is down. */
export const down = (): never => {
  throw new AppError("store_unavailable", "down", { status: 503, retryable: true });
};

/** Keeps warnings off the screen until the returned function is called. */
export function quietly() {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  return () => warn.mockRestore();
}
