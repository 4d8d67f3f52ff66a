import { AppError, type ErrorCode } from "../errors.ts";
import type { CatalogueFeature, CatalogueView } from "./catalogueView.ts";
import { nearestNames } from "./nearestNames.ts";

/** The view of that name; 404 with those that may have been meant. */
export function requireView(views: readonly CatalogueView[], name: string, field = "view"): CatalogueView {
  const found = views.find((view) => view.name === name);
  if (found) return found;
  throw unknownName(
    "unknown_feature_view",
    field,
    "feature view",
    name,
    views.map((view) => view.name),
  );
}

/** The feature of that name in the view; 404 with those that may have been meant. */
export function requireFeature(view: CatalogueView, name: string, field = "feature"): CatalogueFeature {
  const found = view.features.find((feature) => feature.name === name);
  if (found) return found;
  throw unknownName(
    "unknown_feature",
    field,
    `feature in ${view.name}`,
    name,
    view.features.map((feature) => feature.name),
  );
}

/** A 404 that names what is not there, and what may have been meant. */
export function unknownName(code: ErrorCode, field: string, kind: string, name: string, known: readonly string[]): AppError {
  const nearest = nearestNames(name, known);
  const advice = nearest.length > 0 ? ` Did you mean ${nearest.join(", or ")}?` : " GET /api/features lists what there is.";
  return new AppError(code, `${field}: there is no ${kind} "${name.slice(0, 80)}".${advice}`, { status: 404, details: { field, nearest } });
}
