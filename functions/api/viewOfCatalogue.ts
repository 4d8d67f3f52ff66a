import type { CatalogueService } from "../../shared/catalogue/catalogueService.ts";
import type { CatalogueFeature, CatalogueView } from "../../shared/catalogue/catalogueView.ts";
import type { FeatureExplained, FeatureServiceView, FeatureViewView } from "../../shared/contracts/features.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { requestFieldsOf } from "../../shared/features/onDemand/onDemandView.ts";
import type { ViewAbout } from "../../shared/features/viewSchema.ts";

/** A view without its features. */
export function viewFacts(view: CatalogueView) {
  const { name, kind, about, entity, source, ttl_ms, ttl_counts, push_source, schema_hash, retired_schema_hashes } = view;
  return {
    ...{ name, kind, ...aboutOf(about), entity, source: [...source] },
    ttl_seconds: ttl_ms === null ? null : ttl_ms / SECOND,
    ...{ ttl_counts, push_source, schema_hash, retired_schema_hashes: [...retired_schema_hashes] },
    request_fields: view.request_fields.map((field) => ({ ...field })),
  };
}

export function viewOfView(view: CatalogueView, views: readonly CatalogueView[]): FeatureViewView {
  return { ...viewFacts(view), features: view.features.map((feature) => viewOfFeature(feature, view, views)) };
}

/** `view` is the one that was asked for, which may join that whose rows hold the feature. */
export function viewOfFeature(
  { leg, bars_of, inputs, range, ...feature }: CatalogueFeature,
  view: CatalogueView,
  views: readonly CatalogueView[],
): FeatureExplained {
  const holder = views.find(({ name }) => name === feature.view);
  return {
    ref: `${view.name}:${feature.name}`,
    ...feature,
    lookback_unit: holder?.lookback_unit ?? null,
    null_in_rows_of: leg,
    bars_of: [...bars_of],
    range: range && { min: range.min, max: range.max },
    inputs: [...inputs],
  };
}

/** A service without its features. */
export function serviceFacts({ name, instrument, about, model, feature_set_hash, schemas, on_demand }: CatalogueService) {
  return {
    ...{ name, instrument, ...aboutOf(about), model, feature_set_hash },
    views: schemas.map((view) => ({
      view: view.name,
      schema_hash: view.schema_hash,
      ttl_seconds: view.ttl_ms / SECOND,
      ttl_counts: view.market_hours ? ("market_hours" as const) : ("wall_clock" as const),
    })),
    request_fields: requestFieldsOf(on_demand.flatMap(({ features }) => features)).map((field) => field.name),
  };
}

export function viewOfService(service: CatalogueService): FeatureServiceView {
  const known = new Map(
    [...service.schemas, ...service.on_demand].flatMap((view) =>
      view.features.map((feature) => [`${view.name}:${feature.name}`, feature] as const),
    ),
  );
  const features = service.features.map(({ name, view, version, dtype }) => {
    const { unit, description } = known.get(`${view}:${name}`)!;
    return { ref: `${view}:${name}`, name, view, version, dtype, unit, description };
  });
  return { ...serviceFacts(service), features };
}

function aboutOf({ description, owner, tags }: ViewAbout) {
  return { description, owner, tags: { ...tags } };
}
