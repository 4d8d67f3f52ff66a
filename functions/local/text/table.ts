export interface Column {
  readonly title: string;
  /** Numbers read best with their last digits in line. */
  readonly align?: "left" | "right";
}

const GAP = "  ";

/** Rows under their titles, as wide as needed. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) => Math.max(width(column.title), ...rows.map((row) => width(row[index] ?? ""))));
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => pad(cells[index] ?? "", widths[index] ?? 0, column.align ?? "left"))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((count) => "-".repeat(count)).join(GAP);
  return [line(columns.map((column) => column.title)), rule, ...rows.map(line)].join("\n");
}

/** Breaks text into lines of at most `columns` characters, the later ones indented. A word that is longer stays whole. */
export function wrapText(text: string, columns: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length + (lines.length > 0 ? indent.length : 0) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join(`\n${indent}`);
}

function width(text: string): number {
  return [...text].length;
}

function pad(text: string, columns: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, columns - width(text)));
  return align === "right" ? space + text : text + space;
}
