import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { withInstrumentView } from "../features/instrumentView.ts";
import { modelFeatureNames } from "../features/modelFeatures.ts";
import type { OnDemandView } from "../features/onDemand/onDemandView.ts";
import { ON_DEMAND_VIEWS } from "../features/onDemand/onDemandViews.ts";
import type { ViewAbout, ViewSchema } from "../features/viewSchema.ts";
import { knownViews, type ViewConfig } from "../features/views.ts";
import { type FeatureService, featureServiceOf } from "../models/featureServiceOf.ts";
import type { ModelCard } from "../models/modelCard.ts";

/** What a model reads, or may read, as the catalogue tells of it: the exact ordered list. */
export interface CatalogueService extends FeatureService {
  readonly instrument: Instrument;
  readonly about: ViewAbout;
  /** The version that reads it; null of what the next training may read. */
  readonly model: { readonly name: string; readonly version: string; readonly run_id: string } | null;
  /** The views, with the schemas that its rows are of. */
  readonly schemas: readonly ViewSchema[];
  /** The views on demand among its features. */
  readonly on_demand: readonly OnDemandView[];
}

/** A registered version by which its service is named. */
export interface ServedVersion {
  readonly name: string;
  readonly version: string;
  readonly run_id: string;
}

/** What a model of the instrument may be trained on: the market's features, and those with each further view's. */
export function inputServices(config: ViewConfig, instrument: Instrument): readonly CatalogueService[] {
  const { present } = knownViews(config);
  return present.map((_view, index) => {
    const schemas = present.slice(0, index + 1);
    const feature_names = schemas.flatMap((view) => modelFeatureNames(view, instrument));
    const name = `fx-${lettersOf(instrument)}-${schemas.map((view) => view.name.replace(/_features$/, "")).join("-")}`;
    const description = `Every feature of ${schemas.map((view) => view.name).join(" and ")} that a model of ${instrument} may be trained on, in the order of a training set. A training set leaves out columns of which nothing was known in all its time.`;
    return {
      ...serviceOf({ name, instrument, feature_names }, schemas),
      model: null,
      about: aboutService("inputs", instrument, description),
    };
  });
}

/** What a version reads, under a name of the caller's. Throws schema_mismatch (409) where its rows are no longer built. */
export function modelService(
  config: ViewConfig,
  { name, version, run_id }: ServedVersion,
  { instrument, views, feature_names }: Pick<ModelCard, "instrument" | "views" | "feature_names">,
  service_name: string,
): CatalogueService {
  const { present, retired } = knownViews(config);
  const known = withInstrumentView([...present, ...retired], feature_names);
  const schemas = views.map(({ view, schema_hash }) => schemaOf(known, view, schema_hash, service_name));
  const description = `What version ${version} of ${name} reads, in the order of its inputs.`;
  return {
    ...serviceOf({ name: service_name, instrument, feature_names }, schemas),
    model: { name, version, run_id },
    about: aboutService("model", instrument, description),
  };
}

/** What a model of the instrument may be trained on of the market, and all that is computed on demand, for whoever trains elsewhere. */
export function onDemandService(config: ViewConfig, instrument: Instrument): CatalogueService {
  const [market] = knownViews(config).present as [ViewSchema];
  const feature_names = [
    ...modelFeatureNames(market, instrument),
    ...ON_DEMAND_VIEWS.flatMap(({ features }) => features.map(({ name }) => name)),
  ];
  const description = `Every feature of ${market.name} that a model of ${instrument} may be trained on, and behind them ${ON_DEMAND_VIEWS.map(({ name }) => name).join(" and ")}, which are computed when they are asked for. Each question brings the quote of its moment.`;
  return {
    ...serviceOf({ name: `fx-${lettersOf(instrument)}-market-on-demand`, instrument, feature_names }, [market], ON_DEMAND_VIEWS),
    model: null,
    about: aboutService("on_demand", instrument, description),
  };
}

/** Every service of an installation that is no model's. */
export function allInputServices(config: ViewConfig): readonly CatalogueService[] {
  return config.instruments.flatMap((instrument) => [...inputServices(config, instrument), onDemandService(config, instrument)]);
}

function serviceOf(asked: Parameters<typeof featureServiceOf>[0], schemas: readonly ViewSchema[], on_demand: readonly OnDemandView[] = []) {
  return { ...featureServiceOf(asked, [...schemas, ...on_demand]), schemas, on_demand };
}

function aboutService(kind: "inputs" | "model" | "on_demand", instrument: Instrument, description: string): ViewAbout {
  return { description, owner: "model_training", tags: { kind, instrument } };
}

function schemaOf(known: readonly ViewSchema[], name: string, hash: string, service: string): ViewSchema {
  const found = known.find((view) => view.name === name && view.schema_hash === hash);
  if (found) return found;
  const problem = `${service} reads ${name}@${hash}, which this installation no longer builds: train again.`;
  throw new AppError("schema_mismatch", `feature_service: ${problem}`, { status: 409, details: { field: "feature_service" } });
}

function lettersOf(instrument: Instrument): string {
  return instrument.replace("_", "").toLowerCase();
}
