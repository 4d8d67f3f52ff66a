import { catalogueViews } from "../../shared/catalogue/catalogueViews.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { storedViews } from "../../shared/features/views.ts";
import { type FeatureSelection, selectFeatures, selectService } from "../../shared/historical/featureSelection.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import { createFeatureServices, type FeatureServicePorts } from "./featureServices.ts";

/** By the name of a service, or one by one. */
export interface AskedFeatures {
  readonly feature_service?: string | undefined;
  readonly features?: readonly string[] | undefined;
  readonly full_feature_names?: boolean | undefined;
}

interface Selected {
  readonly selection: FeatureSelection;
  /** That of the service; null of features that are named one by one. */
  readonly instrument: string | null;
}

/** Services, and lists of features, that are kept: of clients that each ask for the same again and again. */
const MAX_KEPT = 64;

/**
 * What requests ask for, in the words of the stores. What a service reads is kept for `keep_ms`: it may be that of a model in Production,
 * and the next promotion changes it.
 */
export function createFeatureSelections(ports: FeatureServicePorts, keep_ms: number) {
  const services = createFeatureServices(ports);
  const known = { views: catalogueViews(ports.config), schemas: storedViews(ports.config) };
  const found = new Map<string, { readonly selected: Selected; readonly at: Instant }>();
  const lists = new Map<string, FeatureSelection>();

  async function ofService(name: string, full_names: boolean): Promise<Selected> {
    const now = ports.clock.now();
    const key = `${full_names} ${name}`;
    const kept = found.get(key);
    if (kept !== undefined && kept.at <= now && now - kept.at < keep_ms) return kept.selected;
    const service = await services.find(name);
    const selected = { selection: selectService(service, full_names), instrument: service.instrument };
    keep(found, key, { selected, at: now });
    return selected;
  }

  function ofList(features: readonly string[], full_names: boolean): FeatureSelection {
    const key = JSON.stringify([full_names, features]);
    const kept = lists.get(key);
    if (kept !== undefined) return kept;
    const selection = selectFeatures(features, full_names, known);
    keep(lists, key, selection);
    return selection;
  }

  return async function selectionOf({ feature_service, features, full_feature_names = false }: AskedFeatures): Promise<Selected> {
    const is_listed = features !== undefined && features.length > 0;
    if (feature_service !== undefined && is_listed) throw invalidField("features", "cannot be asked for together with feature_service");
    if (feature_service !== undefined) return ofService(feature_service, full_feature_names);
    if (!is_listed) throw invalidField("feature_service", "is missing; name one, or features");
    return { selection: ofList(features, full_feature_names), instrument: null };
  };
}

/** When there are too many, all are forgotten. */
function keep<Value>(values: Map<string, Value>, key: string, value: Value): void {
  if (values.size >= MAX_KEPT) values.clear();
  values.set(key, value);
}
