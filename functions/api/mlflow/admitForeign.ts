import { counted } from "../../../shared/domain/counted.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { foreignCard } from "../../../shared/foreign/foreignCard.ts";
import { foreignRefusal } from "../../../shared/foreign/foreignRefusal.ts";
import { foreignServices } from "../../../shared/foreign/foreignServices.ts";
import { foreignXgboost } from "../../../shared/foreign/foreignXgboost.ts";
import { judgeForeign } from "../../../shared/foreign/judgeForeign.ts";
import { matchSignature } from "../../../shared/foreign/matchSignature.ts";
import { type ForeignDescriptor, readMlmodel } from "../../../shared/foreign/readMlmodel.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { artifactPathOf, isOfPipelines, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { type ModelCard, sourceKeys } from "../../../shared/models/modelCard.ts";
import { modelCardMarkdown } from "../../../shared/models/modelCardMarkdown.ts";
import { readModelName } from "../../../shared/models/modelName.ts";
import { sealModelCard } from "../../../shared/models/modelSeal.ts";
import { servedSource } from "../../../shared/models/servedSource.ts";
import { predictRows } from "../../../shared/models/treeEnsemble.ts";
import type { RegistryVersion } from "../../../shared/ports/modelRegistry.ts";
import { readModelCard } from "../../pipelines/common/productionModel.ts";
import type { Ports } from "../../pipelines/ports.ts";
import { readTrainingSet } from "../../pipelines/training/readTrainingSet.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";

/** As far back as a model is tried on the record: a thousand rows. */
const RECORD_MS = 60 * DAY;
const MAX_MODEL_BYTES = 64 * 1024 * 1024;

/**
 * Looks at a version that a client registered under a name that /predict is served by, and, where all that can be looked at is sound, puts
 * what will be served of it to the lake, with a card that claims nothing. Nothing of its training was seen here, so no gate of skill or of
 * leaks in it can be run: what stands between it and Production are its signature, its file, its answers on the record, and who promoted it.
 * Throws INVALID_PARAMETER_VALUE with what is wrong, PERMISSION_DENIED for what training made.
 */
export async function admitForeign(options: MlflowRouteOptions, version: RegistryVersion): Promise<void> {
  const { name, instrument, horizon_bars, folder } = placeOf(version);
  const logged_at = version.creation_timestamp;
  try {
    const descriptor = readMlmodel(new TextDecoder().decode(await readArtifact(options, joinLocation(folder, "MLmodel"))));
    const service = matchSignature(descriptor.inputs, await servicesOf(options, name, instrument));
    const feature_names = service.features.map((feature) => feature.name);
    const file = await readArtifact(options, joinLocation(folder, descriptor.file));
    const { format, model, library_version, ask } = await openForeign(options, descriptor, file, feature_names);
    const found = await tryOnRecord(options, { instrument, logged_at, feature_names, ask });
    const about = { name, instrument, horizon_bars, run_id: version.run_id, logged_at, service, found };
    const card = foreignCard({ ...about, format, library_version });
    await store(options, servedSource({ name, version: version.version, source: version.source }), card, model);
    const { skill, skill_reason } = card;
    const admission_check = `passed: signature of ${service.name}; ${found}`;
    await options.tracking.setVersionTags(name, version.version, { admission_check, skill, skill_reason });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_model") throw error;
    throw invalidParameter(`${name}/${version.version} cannot be served: ${error.message}`);
  }
}

/** Where its files lie. What the pipelines wrote goes by their own gate, under whichever name it is registered again. */
function placeOf({ name, version, storage_location }: RegistryVersion) {
  const named = readModelName(name);
  const folder = artifactPathOf(storage_location);
  if (named === null || named.horizon_bars !== SERVED_HORIZON) throw invalidParameter(`${name} is no model that /predict is served by.`);
  if (folder === null)
    throw invalidParameter(`${name}/${version} lies at ${storage_location}, and only what is kept here can be served: log it here.`);
  if (isOfPipelines(`${folder}/`))
    throw permissionDenied(`${name}/${version} is a model that training made: model_validation says whether it may serve.`);
  return { name, folder, ...named };
}

async function readArtifact({ artifacts }: MlflowRouteOptions, path: string): Promise<Uint8Array> {
  const file = await artifacts.get(path);
  if (file === null) throw foreignRefusal(`there is no file ${path}.`);
  if (file.bytes > MAX_MODEL_BYTES)
    throw foreignRefusal(`${path} has ${counted(file.bytes, "byte")}; at most ${MAX_MODEL_BYTES} are served.`);
  return new Uint8Array(await new Response(file.body as never).arrayBuffer());
}

async function servicesOf(ports: Ports, name: string, instrument: string) {
  const production = await ports.tracking.productionAt(name, ports.clock.now());
  return foreignServices(instrument, modelViews(ports.config), production && (await readModelCard(ports, production)));
}

interface Tried {
  readonly instrument: string;
  readonly logged_at: Instant;
  readonly feature_names: readonly string[];
  readonly ask: Opened["ask"];
}

interface Opened {
  readonly format: ModelCard["format"];
  readonly model: Uint8Array;
  readonly library_version: string;
  /** Of a row-major matrix. */
  readonly ask: (matrix: Float32Array) => Promise<Float32Array>;
}

/** The file as it will be served, and what asks it. */
async function openForeign(
  { onnx }: Ports,
  { flavor, is_estimator }: ForeignDescriptor,
  file: Uint8Array,
  feature_names: readonly string[],
): Promise<Opened> {
  if (flavor === "xgboost") {
    const { trees, json, library_version } = foreignXgboost(file, is_estimator, feature_names);
    return { format: flavor, model: json, library_version, ask: async (matrix) => predictRows(trees, matrix) };
  }
  await onnx.install();
  const opened = await onnx.open(`onnx-${sha256Hex(file)}`, file, feature_names.length);
  return { format: flavor, model: file, library_version: "onnx", ask: (matrix) => opened.ask(matrix) };
}

/** Its answers to the newest rows of the record, features as they were known then; one of which nothing is known is missing. */
async function tryOnRecord(ports: Ports, { instrument, logged_at, feature_names, ask }: Tried): Promise<string> {
  const now = ports.clock.now();
  const set = await readTrainingSet(ports, instrument, { start: now - RECORD_MS, end: now }, now, SERVED_HORIZON);
  const columns = feature_names.map((name) => set.features[set.feature_names.indexOf(name)]);
  const rows = Array.from(set.y.keys());
  return judgeForeign({
    p: rows.length === 0 ? [] : await ask(Float32Array.from(rows.flatMap((row) => columns.map((column) => column?.[row] ?? Number.NaN)))),
    y: set.y,
    is_unseen: rows.map((row) => set.event_time[row]! >= logged_at),
    max_plausible_accuracy: ports.config.max_plausible_accuracy,
  });
}

/** What was admitted stays what is served: a client may write to its own files again. */
async function store({ lake }: Ports, folder: string, card: ModelCard, model: Uint8Array): Promise<void> {
  const keys = sourceKeys(folder);
  const [key, type] = card.format === "onnx" ? [keys.onnx, "application/octet-stream"] : [keys.json, "application/json"];
  const is_new = await lake.putOnce(key, model, type);
  if (!is_new && sha256Hex((await lake.get(key)) ?? new Uint8Array()) !== sha256Hex(model)) {
    throw foreignRefusal("its files were changed since it was admitted: register what they are now as another version.");
  }
  await lake.putOnce(`${folder}/model_card.md`, modelCardMarkdown(card, {}), "text/markdown");
  await lake.putOnce(keys.card, sealModelCard(card, model), "application/json");
}
