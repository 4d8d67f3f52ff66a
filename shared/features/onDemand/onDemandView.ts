import { featureListHash, type ViewAbout } from "../viewSchema.ts";
import type { OnDemandFeature, RequestField } from "./onDemandFeature.ts";

/** Features that are computed when they are asked for: the on-demand feature view of Feast. It has no rows and no time to live of its own. */
export interface OnDemandView {
  readonly name: string;
  readonly about: ViewAbout;
  readonly features: readonly OnDemandFeature[];
  /** Names what its values mean: it changes with any name, version or position. */
  readonly schema_hash: string;
}

export function defineOnDemandView(name: string, features: readonly OnDemandFeature[], about: ViewAbout): OnDemandView {
  return { name, about, features, schema_hash: featureListHash(name, features) };
}

/** What must come with a question about these features, each once. */
export function requestFieldsOf(features: readonly OnDemandFeature[]): readonly RequestField[] {
  const fields = features.flatMap(({ inputs }) => inputs.flatMap((input) => (input.kind === "request" ? [input.field] : [])));
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

/** Names of the views whose rows these features are computed of, each once. */
export function sourceViewsOf(features: readonly OnDemandFeature[]): readonly string[] {
  return [...new Set(features.flatMap(({ inputs }) => inputs.flatMap((input) => (input.kind === "stored" ? [input.view] : []))))];
}
