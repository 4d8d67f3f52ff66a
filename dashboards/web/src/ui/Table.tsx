import type { ComponentChildren, Key } from "preact";

export interface Column<Row> {
  readonly name: ComponentChildren;
  readonly show: (row: Row) => ComponentChildren;
  /** Right-aligned, in figures of one width. */
  readonly is_number?: boolean;
  /** Names the row. */
  readonly is_head?: boolean;
}

/** A table that scrolls by itself where the screen is narrow. `caption` names it for those who do not see the page. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  empty,
  rowClass,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => Key;
  readonly empty?: ComponentChildren;
  readonly rowClass?: (row: Row) => string | undefined;
}) {
  if (rows.length === 0) return <div class="empty">{empty ?? "There is nothing yet."}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="table-frame" tabIndex={0} aria-label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, is_number }, index) => (
              <th key={index} scope="col" class={is_number ? "number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} class={rowClass?.(row)}>
              {columns.map(({ show, is_number, is_head }, column) =>
                is_head ? (
                  <th key={column} scope="row">
                    {show(row)}
                  </th>
                ) : (
                  <td key={column} class={is_number ? "number" : undefined}>
                    {show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
