import { type CatalogueFeature, type CatalogueView, featureLines, keyOf, type ModelList } from "./catalogueLines.ts";

export interface Readers {
  /** Versions in Production that read it, from the view itself or from `read_in`. */
  readonly models: readonly { readonly name: string; readonly version: string }[];
  /** The other view from which they read the same; null: from the view itself, or nobody does. */
  readonly read_in: string | null;
}

/** Who reads a feature: models read gold, which repeats what silver has by the same definition. */
export function readersOfFeature<Feature extends CatalogueFeature>(
  views: readonly CatalogueView<Feature>[],
  lists: readonly ModelList[],
  { view, name }: { readonly view: string; readonly name: string },
): Readers {
  const line = featureLines(views, lists).find(({ feature }) => feature.view === view && feature.name === name);
  const read_in = line?.read_in ?? null;
  const key = keyOf({ view: read_in ?? view, name });
  const models = lists.flatMap(({ model, features }) => (model !== null && features.some((one) => keyOf(one) === key) ? [model] : []));
  return { models, read_in };
}
