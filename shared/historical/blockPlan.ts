import { computeOnDemand, type OnDemandFeature } from "../features/onDemand/onDemandFeature.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import type { FeatureTable } from "./featureBlock.ts";
import type { BoundInput } from "./featureSelection.ts";

/** Values that are to be read of a view: at a place of the row that is joined, or of the one of so many rows earlier. */
export interface StoredColumn {
  readonly view: ViewSchema;
  readonly position: number;
  readonly rows_back: number;
  /** To be filled, row by row of the block. NaN stands for null. */
  readonly values: Float64Array;
}

/** What a block of an answer is made of. */
export interface BlockPlan {
  /** Each once, whoever wants it. */
  readonly reads: readonly StoredColumn[];
  /** The columns of the answer, in its order, once the reads are filled. None is one of the question's. */
  columns(): readonly Float64Array[];
}

/** The rows from index `from` until before `to`: what of them is read, and what is computed of that. */
export function planBlock({ selection, entities }: FeatureTable, from: number, to: number): BlockPlan {
  const reads = new Map<string, StoredColumn>();
  function read(view: ViewSchema, position: number, rows_back: number): Float64Array {
    const key = `${view.name}@${view.schema_hash} ${position} ${rows_back}`;
    const column = reads.get(key) ?? { view, position, rows_back, values: new Float64Array(to - from).fill(Number.NaN) };
    reads.set(key, column);
    return column.values;
  }
  const valuesOf = (input: BoundInput) =>
    "field" in input ? entities.fields[input.field.name]!.subarray(from, to) : read(input.view, input.position, input.rows_back);
  const makers = selection.features.map((feature) => {
    if ("view" in feature) {
      const values = read(feature.view, feature.position, 0);
      return () => values;
    }
    const inputs = feature.inputs.map(valuesOf);
    return () => computed(feature.on_demand, inputs, to - from);
  });
  return { reads: [...reads.values()], columns: () => makers.map((make) => make()) };
}

function computed(feature: OnDemandFeature, columns: readonly Float64Array[], rows: number): Float64Array {
  const column = new Map(feature.inputs.map((input, index) => [input, columns[index]!]));
  return Float64Array.from({ length: rows }, (_, row) => computeOnDemand(feature, (input) => column.get(input)![row]!));
}
