import type { Key } from "preact";
import { State } from "../../ui/State.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import type { SidecarSamples } from "./samplesBySidecar.ts";

/** Rows of several sidecars under their names. In place of what it would tell, one that does not answer says so. */
export function SidecarTable<Row extends SidecarSamples>({
  caption,
  rows,
  keyOf = ({ name }) => name ?? "",
  columns,
}: {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Absent: each sidecar has one row. */
  readonly keyOf?: (row: Row) => Key;
  readonly columns: readonly Column<Row>[];
}) {
  const told = columns.map((column, index) => ({
    ...column,
    show: (row: Row) => {
      if (row.is_up) return column.show(row);
      return index === 0 ? <State tone="bad">does not answer</State> : <span class="missing">–</span>;
    },
  }));
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={keyOf}
      columns={[{ name: "sidecar", show: ({ name }: Row) => name, is_head: true }, ...told]}
    />
  );
}
