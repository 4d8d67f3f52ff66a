import { useState } from "preact/hooks";
import { amountOf } from "../../format/amountOf.ts";
import { hrefOf } from "../../state/address.ts";
import { Table } from "../../ui/Table.tsx";
import { featureText } from "./featureText.ts";
import type { PredictionView } from "./lineageSteps.ts";

/** Every input of the model as it was, by name. */
export function FeatureTable({ features }: Pick<PredictionView, "features">) {
  const [wanted, setWanted] = useState("");
  const rows = features.filter(({ feature }) => feature.includes(wanted.trim().toLowerCase()));
  const missing = features.filter(({ value }) => value === null).length;
  return (
    <details>
      <summary>
        {amountOf(features.length, "feature")}, {missing} of them missing
      </summary>
      <label class="field predictions-search">
        Only those whose name has
        <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <Table
        caption="Features of the prediction"
        rows={rows}
        keyOf={({ feature }) => feature}
        empty="No feature's name has that in it."
        columns={[
          { name: "feature", is_head: true, show: ({ feature }) => feature },
          { name: "value", is_number: true, show: ({ value }) => featureText(value) },
        ]}
      />
      <p class="quiet">
        What each of them means is on <a href={hrefOf("features")}>the page of the features</a>.
      </p>
    </details>
  );
}
