import type { ComponentChildren } from "preact";
import { numberOf, percentOf } from "../../format/number.ts";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import type { DriftRow } from "./driftRows.ts";
import { FeatureLink } from "./FeatureLink.tsx";

/** How features stand to the training sets of the models that read them. */
export function DriftTable({
  caption,
  rows,
  empty,
}: {
  readonly caption: string;
  readonly rows: readonly DriftRow[];
  readonly empty: ComponentChildren;
}) {
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ instrument, feature }) => `${instrument}/${feature}`}
      empty={empty}
      columns={[
        {
          name: "feature",
          is_head: true,
          show: ({ feature, instrument }) => <FeatureLink feature={feature} instrument={instrument} />,
        },
        { name: "pair", show: ({ instrument }) => instrument },
        {
          name: "PSI",
          is_number: true,
          show: ({ psi, reason }) => (psi === null ? <span title={reason ?? undefined}>not measured</span> : numberOf(psi, { digits: 3 })),
        },
        { name: "by chance", is_number: true, show: ({ psi_by_chance }) => numberOf(psi_by_chance, { digits: 3 }) },
        {
          name: "times chance",
          is_number: true,
          show: ({ times_chance }) => (times_chance === null ? "–" : `${numberOf(times_chance, { digits: 1 })} ×`),
        },
        { name: "KL, nats", is_number: true, show: ({ kl }) => numberOf(kl, { digits: 3 }) },
        { name: "rows", is_number: true, show: ({ n }) => numberOf(n, { digits: 0 }) },
        { name: "missing now", is_number: true, show: ({ missing }) => percentOf(missing) },
        { name: "in training", is_number: true, show: ({ missing_in_training }) => percentOf(missing_in_training) },
        { name: "check", show: ({ status }) => <State state={status} /> },
      ]}
    />
  );
}
