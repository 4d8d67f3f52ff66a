export interface NamedView {
  readonly name: string;
  readonly kind: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly features: readonly string[];
}

/** Which of the views of one feature a name stands for, the first first: what models read are stored rows of gold. */
const PLACES: readonly ((view: NamedView) => boolean)[] = [
  ({ kind, tags }) => kind === "rows" && tags["layer"] === "gold",
  ({ kind }) => kind === "on_demand",
  ({ kind }) => kind === "pushed",
  ({ kind }) => kind === "rows",
  ({ kind }) => kind !== "join",
];

/**
 * The view that a feature of a model is of, by the feature's name alone, which is all that a model's importances and the monitoring say of
 * it. A join shows features of the views that it joins, and is never the place of one.
 */
export function viewsOfFeatures(views: readonly NamedView[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const isOf of PLACES)
    for (const { name, features } of views.filter(isOf)) for (const feature of features) if (!found.has(feature)) found.set(feature, name);
  return found;
}
