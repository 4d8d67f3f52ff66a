/** What the catalogue tells of features, as lines that can be searched. */

export interface CatalogueFeature {
  readonly ref: string;
  readonly name: string;
  /** The view whose rows hold it. */
  readonly view: string;
  readonly version: number;
  readonly unit: string;
  readonly description: string;
  readonly formula: string | null;
  readonly lookback: number | null;
  readonly lookback_unit: "bars" | "hours" | null;
  readonly is_level: boolean;
}

export interface CatalogueView<Feature extends CatalogueFeature = CatalogueFeature> {
  readonly name: string;
  readonly kind: string;
  readonly source: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly features: readonly Feature[];
}

/** The list that a version in Production reads. */
export interface ModelList {
  readonly model: { readonly name: string; readonly version: string } | null;
  readonly instrument: string;
  readonly features: readonly { readonly name: string; readonly view: string }[];
}

export interface FeatureLine<Feature extends CatalogueFeature = CatalogueFeature> {
  readonly feature: Feature;
  readonly kind: string;
  readonly layer: string;
  readonly source: readonly string[];
  /** Models in Production that read it. */
  readonly models: readonly string[];
  /** Another view that holds the same and that models read; null where there is none. */
  readonly read_in: string | null;
}

/** Every feature once, where its rows are: what a join shows are features of the views that it joins. */
export function featureLines<Feature extends CatalogueFeature>(
  views: readonly CatalogueView<Feature>[],
  lists: readonly ModelList[],
): readonly FeatureLine<Feature>[] {
  const readers = readersOf(lists);
  const holders = viewsByFeature(lists);
  return views
    .filter(({ kind }) => kind !== "join")
    .flatMap(({ kind, source, tags, features }) =>
      features.map((feature) => ({
        ...{ feature, kind, source, layer: tags["layer"] ?? "" },
        models: readers.get(keyOf(feature)) ?? [],
        // Gold repeats what silver has, by the same definition.
        read_in: readers.has(keyOf(feature)) || !source.includes("bars") ? null : (holders.get(feature.name) ?? null),
      })),
    );
}

/** Models in Production by the feature that they read, as view:name. */
function readersOf(lists: readonly ModelList[]): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { model, features } of lists) {
    if (model === null) continue;
    for (const feature of features) {
      const key = keyOf(feature);
      readers.set(key, [...(readers.get(key) ?? []), model.name]);
    }
  }
  return readers;
}

/** The view that holds a feature of a model, by its name: a list names none twice. */
function viewsByFeature(lists: readonly ModelList[]): ReadonlyMap<string, string> {
  return new Map(lists.flatMap(({ features }) => features.map(({ name, view }) => [name, view] as const)));
}

export function keyOf({ view, name }: { readonly view: string; readonly name: string }): string {
  return `${view}:${name}`;
}

export interface LineFilter {
  /** Words, all of which must stand somewhere in what is said of the feature. */
  readonly words: string;
  readonly view: string;
  readonly layer: string;
  readonly read: "all" | "models" | "none";
}

export function matchingLines<Feature extends CatalogueFeature>(
  lines: readonly FeatureLine<Feature>[],
  { words, view, layer, read }: LineFilter,
): readonly FeatureLine<Feature>[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (view !== "" && line.feature.view !== view) return false;
    if (layer !== "" && line.layer !== layer) return false;
    if (read !== "all" && (read === "models") !== line.models.length > 0) return false;
    const { name, unit, description, formula } = line.feature;
    const said = [name, line.feature.view, unit, description, formula ?? "", line.layer, ...line.source].join(" ").toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}
