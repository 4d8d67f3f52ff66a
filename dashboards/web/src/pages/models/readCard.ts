import type { ModelCard } from "../../../../../shared/models/modelCard.ts";

/** What the report shows of model_card.json; what an older card does not have is null. */
export interface CardView
  extends Pick<ModelCard, "instrument" | "dataset" | "library_version" | "feature_set_hash" | "horizon_bars" | "origin" | "format"> {
  readonly features: number;
  readonly views: readonly string[];
  readonly seeds: readonly number[];
  /** Epoch ms. */
  readonly trained_until: number;
  readonly model_sha256: string | null;
  readonly return_interval: ModelCard["return_interval"];
  /** Of one that was cut out of a model of several pairs. */
  readonly pool: ModelCard["pool"] | null;
}

/** Cards are kept as they were written, and those of earlier releases have less. */
export function readCard(content: unknown): CardView {
  const card = content as Partial<ModelCard> & { readonly model_sha256?: string; readonly view?: string };
  return {
    instrument: card.instrument ?? "",
    dataset: card.dataset ?? "",
    library_version: card.library_version ?? "",
    feature_set_hash: card.feature_set_hash ?? "",
    horizon_bars: card.horizon_bars ?? 1,
    origin: card.origin ?? "here",
    format: card.format ?? "xgboost",
    features: card.feature_names?.length ?? 0,
    views: card.views?.map(({ view }) => view) ?? (card.view === undefined ? [] : [card.view]),
    seeds: card.seeds ?? [],
    trained_until: card.trained_until ?? Number.NaN,
    model_sha256: card.model_sha256 ?? null,
    return_interval: card.return_interval ?? null,
    pool: card.pool ?? null,
  };
}
