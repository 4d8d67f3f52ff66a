import type { LineageView } from "../../shared/contracts/predictions.ts";
import { type Instant, toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { toAppError } from "../../shared/errors.ts";
import type { ModelCard } from "../../shared/models/modelCard.ts";
import { presentModelName } from "../../shared/models/modelName.ts";
import type { RegisteredView } from "../../shared/ports/featureStore.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { StoredFeatureRow } from "../../shared/ports/predictionReader.ts";
import type { DatasetManifest, ModelVersion } from "../../shared/ports/tracking.ts";
import { readModelCard } from "../pipelines/common/productionModel.ts";
import type { Ports } from "../pipelines/ports.ts";

type FeatureRowView = LineageView["feature_rows"][number];

interface RowFound {
  readonly view: RegisteredView;
  readonly row: StoredFeatureRow | null;
  readonly matches: boolean | null;
}

/** What an answer was made of, as far back as this store knows; what it does not know any more is named in `notes`. */
export async function lineageOf(
  ports: Ports,
  served: PredictionRecord,
): Promise<{ readonly feature_names: readonly string[]; readonly lineage: LineageView }> {
  const notes: string[] = [];
  const version = await ports.tracking.version(presentModelName(served.model_name), served.model_version);
  if (version === null) notes.push(`The registry has no version ${served.model_version} of ${served.model_name} any more.`);
  const card = version && (await cardOf(ports, version, notes));
  const rows = card === null ? [] : await rowsOf(ports, served, card, notes);
  const market = rows.find(({ view }) => view.view === card?.views[0]?.view);
  for (const row of rows) if (row.matches === false) notes.push(noMatch(row, row === market));
  const set = card && (await trainingSetOf(ports, card, notes));
  const lineage = {
    model: viewOfModel(served, version, card),
    training_set: set && viewOfSet(set),
    feature_rows: rows.map(viewOfRow),
    bronze_objects: await bronzeOf(ports, served, market),
    notes,
  };
  return { feature_names: card?.feature_names ?? [], lineage };
}

/** A card that is gone or cannot be read is a note: the log still says what was answered. */
async function cardOf(ports: Ports, version: ModelVersion, notes: string[]): Promise<ModelCard | null> {
  try {
    return await readModelCard(ports, version);
  } catch (error) {
    const problem = toAppError(error);
    if (problem.code !== "invalid_model") throw error;
    notes.push(problem.message);
    return null;
  }
}

/** Of a pair's part of a pooled model, the set that the whole was trained on. */
async function trainingSetOf(ports: Ports, card: ModelCard, notes: string[]): Promise<DatasetManifest | null> {
  if (card.origin === "elsewhere") {
    notes.push("The model was trained elsewhere: on what is not known here.");
    return null;
  }
  const sha256 = card.pool?.dataset ?? card.dataset;
  const set = await ports.tracking.dataset(sha256);
  if (set === null) notes.push(`The training set ${sha256} is not in this store.`);
  return set;
}

function noMatch({ view: { view } }: RowFound, is_market: boolean): string {
  if (is_market) return `No stored version of the row of ${view} has the values that the answer was made of.`;
  return `The newest row of ${view} that was known then has other values than the answer was made of: an earlier one may have been served.`;
}

async function rowsOf(ports: Ports, served: PredictionRecord, card: ModelCard, notes: string[]): Promise<RowFound[]> {
  const rows = [];
  for (const [index, reference] of card.views.entries()) {
    const view = await ports.features.view(reference.view, reference.schema_hash);
    if (view === null) notes.push(`The view ${reference.view} of schema ${reference.schema_hash} is not in this store.`);
    else rows.push(await rowOf(ports, served, card, view, index === 0));
  }
  return rows;
}

/** The market's row is that of the prediction's event_time; of another view the newest that was known then. */
async function rowOf(ports: Ports, served: PredictionRecord, card: ModelCard, view: RegisteredView, is_market: boolean): Promise<RowFound> {
  const inputs = inputsOf(served, card, view);
  const known_at = served.as_of ?? served.requested_at;
  const event_time = is_market ? served.event_time : await newestEvent(ports, served, view, known_at);
  if (event_time === null || inputs.every(({ value }) => value === null)) return { view, row: null, matches: null };
  const versions = await ports.predictions.rowVersions(served.instrument, view, event_time, known_at);
  const same = versions.filter(({ values }) => inputs.every(({ position, value }) => isSame(values[position], value)));
  const row = recordedBy(served.requested_at, same.length > 0 ? same : versions);
  return { view, row, matches: same.length > 0 };
}

/**
 * Of versions, the one recorded last first: the last that was there by then. What was recorded since is not what an answer was made of, even
 * where it says the same. Where all are later the first of them, as the clock of records runs ahead where much is written in a millisecond.
 */
function recordedBy(at: Instant, versions: readonly StoredFeatureRow[]): StoredFeatureRow | null {
  return versions.find(({ recorded_at }) => recorded_at <= at) ?? versions.at(-1) ?? null;
}

/** The inputs of the model that are of this view: where each stands in its rows, and what the answer was made of. */
function inputsOf({ features }: PredictionRecord, { feature_names }: ModelCard, view: RegisteredView) {
  const places = new Map(view.features.map(({ name }, position) => [name, position]));
  return feature_names.flatMap((name, index) => {
    const position = places.get(name);
    return position === undefined ? [] : [{ position, value: features[index] ?? null }];
  });
}

async function newestEvent(ports: Ports, { instrument, requested_at }: PredictionRecord, view: RegisteredView, known_at: number) {
  const row = await ports.features.latest(instrument, view, known_at, requested_at);
  return row?.event_time ?? null;
}

/** The model saw float32. */
function isSame(stored: number | undefined, logged: number | null): boolean {
  return logged === null ? stored === undefined || Number.isNaN(stored) : Math.fround(stored ?? Number.NaN) === logged;
}

async function bronzeOf(ports: Ports, served: PredictionRecord, market: RowFound | undefined): Promise<LineageView["bronze_objects"]> {
  if (!market?.row) return [];
  const bars = market.view.features.reduce((most, { lookback_bars }) => Math.max(most, lookback_bars), 1);
  const span = { until: served.event_time, bars, recorded_until: market.row.recorded_at };
  const instruments = [...new Set([served.instrument, ...ports.config.instruments])];
  const found = await Promise.all(
    instruments.map(async (instrument) => (await ports.predictions.bronzeSources(instrument, span)).map((one) => ({ instrument, ...one }))),
  );
  return found.flat().map(({ first_start, last_start, ingested_at, ...rest }) => ({
    ...rest,
    ingested_at: toIsoOrNull(ingested_at),
    first_start: toIso(first_start),
    last_start: toIso(last_start),
  }));
}

function viewOfModel(served: PredictionRecord, version: ModelVersion | null, card: ModelCard | null): LineageView["model"] {
  return {
    name: served.model_name,
    version: served.model_version,
    run_id: version?.run_id ?? null,
    source: version?.source ?? null,
    trained_until: card === null ? null : toIso(card.trained_until),
    library_version: card?.library_version ?? null,
  };
}

function viewOfSet({ sha256, key, rows, first_event_time, last_event_time, as_of, recorded_until }: DatasetManifest) {
  const [first, last] = [toIso(first_event_time), toIso(last_event_time)];
  return {
    sha256,
    key,
    rows,
    first_event_time: first,
    last_event_time: last,
    as_of: toIso(as_of),
    recorded_until: toIsoOrNull(recorded_until),
  };
}

function viewOfRow({ view, row, matches }: RowFound): FeatureRowView {
  return {
    view: view.view,
    schema_hash: view.schema_hash,
    event_time: toIsoOrNull(row?.event_time ?? null),
    created_time: toIsoOrNull(row?.created_time ?? null),
    available_at: toIsoOrNull(row?.available_at ?? null),
    recorded_at: toIsoOrNull(row?.recorded_at ?? null),
    matches,
  };
}
