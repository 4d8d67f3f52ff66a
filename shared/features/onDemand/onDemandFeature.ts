import { AppError } from "../../errors.ts";
import type { FeatureUnit } from "../viewSchema.ts";

/** A value that comes with the question, row by row: no store holds it. */
export interface RequestField {
  readonly name: string;
  readonly unit: FeatureUnit;
  readonly description: string;
  /** A value must lie above it. */
  readonly above: number;
}

/** A stored feature: of the row that was known then, or of the one of `rows_back` rows of its view earlier. */
export interface StoredInput {
  readonly kind: "stored";
  readonly view: string;
  readonly feature: string;
  readonly rows_back: number;
}

export interface RequestInput {
  readonly kind: "request";
  readonly field: RequestField;
}

export type OnDemandInput = StoredInput | RequestInput;

export function stored(view: string, feature: string, rows_back = 0): StoredInput {
  return { kind: "stored", view, feature, rows_back };
}

export function asked(field: RequestField): RequestInput {
  return { kind: "request", field };
}

/** A feature that no row holds: it is computed when it is asked for, of stored features and of what comes with the question. */
export interface OnDemandFeature {
  readonly name: string;
  /** Goes up by one whenever the function can give another value for the same inputs. */
  readonly version: number;
  readonly unit: FeatureUnit;
  readonly description: string;
  readonly formula: string;
  readonly inputs: readonly OnDemandInput[];
  /** Pure; gets the inputs in their order, all finite. */
  compute(...inputs: readonly number[]): number;
}

export function defineOnDemandFeature(definition: OnDemandFeature): OnDemandFeature {
  if (definition.inputs.length === 0) throw new AppError("internal", `${definition.name}: an on-demand feature has no input.`);
  return definition;
}

/**
 * The feature's value; NaN stands for null, in the inputs and in the answer. It is null where an input is, and where the function gives no
 * finite number. This is the one way to a value, for training and online: they differ in where `inputOf` looks alone.
 */
export function computeOnDemand({ inputs, compute }: OnDemandFeature, inputOf: (input: OnDemandInput) => number): number {
  const values = inputs.map(inputOf);
  if (!values.every(Number.isFinite)) return Number.NaN;
  const value = compute(...values);
  return Number.isFinite(value) ? value : Number.NaN;
}
