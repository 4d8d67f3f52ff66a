import { percentOf } from "../../format/number.ts";
import { baselineName } from "../../ui/baselineName.ts";

/** The accuracy of the best that needs no model, below that of a model. */
export function BesideBaseline({ of }: { readonly of: { readonly name: string; readonly accuracy: number } | null }) {
  if (of === null) return null;
  return (
    <div class="models-beside" title={baselineName(of.name)}>
      {percentOf(of.accuracy)} {of.name.replaceAll("_", " ")}
    </div>
  );
}
