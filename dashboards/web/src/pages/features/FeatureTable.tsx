import type { ComponentChildren } from "preact";
import { hrefOf } from "../../state/address.ts";
import { Table } from "../../ui/Table.tsx";
import type { FeatureLine } from "./catalogueLines.ts";
import { lookbackOf } from "./lookbackOf.ts";
import { unitLabel } from "./unitLabel.ts";
import type { Feature } from "./useCatalogue.ts";

/** Features, each with what it means and its formula. */
export function FeatureTable({
  caption,
  lines,
  empty,
}: {
  readonly caption: string;
  readonly lines: readonly FeatureLine<Feature>[];
  readonly empty?: ComponentChildren;
}) {
  return (
    <Table
      caption={caption}
      rows={lines}
      keyOf={({ feature }) => `${feature.view}:${feature.name}`}
      empty={empty}
      columns={[
        {
          name: "feature",
          is_head: true,
          show: ({ feature }) => (
            <>
              <a href={hrefOf("features", [feature.view, feature.name])}>{feature.name}</a>
              <div class="features-under">{feature.view}</div>
            </>
          ),
        },
        {
          name: "what it means, and its formula",
          show: ({ feature }) => (
            <div class="features-said">
              {feature.description}
              {feature.formula !== null && <code class="features-formula">{feature.formula}</code>}
            </div>
          ),
        },
        { name: "unit", show: ({ feature }) => unitLabel(feature.unit) },
        {
          name: "made of",
          show: ({ feature, source }) => (
            <div class="features-inputs">{(feature.inputs.length > 0 ? feature.inputs : source).join(", ")}</div>
          ),
        },
        { name: "looks back", is_number: true, show: ({ feature }) => lookbackOf(feature) },
        { name: "version", is_number: true, show: ({ feature }) => feature.version },
        {
          name: "read by",
          show: ({ models, feature, read_in }) => {
            if (models.length > 0)
              return <span title={models.join(", ")}>{models.length === 1 ? models[0] : `${models.length} models`}</span>;
            if (read_in !== null) return <a href={hrefOf("features", [read_in, feature.name])}>models, from {read_in}</a>;
            return <span class="quiet">{feature.is_level ? "none: it is a level" : "none"}</span>;
          },
        },
      ]}
    />
  );
}
