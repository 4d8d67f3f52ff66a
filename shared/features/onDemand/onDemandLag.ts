import { counted } from "../../domain/counted.ts";
import type { ViewFeature } from "../viewSchema.ts";
import { defineOnDemandFeature, type OnDemandFeature, stored } from "./onDemandFeature.ts";

/** `<name>_lag_<rows>` of a view that has a row a trading bar: to the bit what `lagged` stores of the same feature, where both rows are stored. */
export function onDemandLag(view: string, { name, version, unit, description }: ViewFeature, rows: number): OnDemandFeature {
  const bars = counted(rows, "trading bar");
  return defineOnDemandFeature({
    name: `${name}_lag_${rows}`,
    version,
    unit,
    description: `${name} of ${bars} earlier.`,
    formula: `${name} of the row of ${view} of ${bars} before the one that was known, to the bit; null where there is none. ${name} is: ${description}`,
    inputs: [stored(view, name, rows)],
    compute: (earlier) => earlier!,
  });
}
