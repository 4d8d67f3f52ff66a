import type { Locator, Page } from "playwright-core";

/** The text of what is marked as this figure: the first, where a place has several. */
export function marked(within: Page | Locator, name: string): Promise<string> {
  return textOf(within.locator(`[data-figure="${name}"]`).first());
}

/** The cell of a table by the table's caption, the start of its row's head, and the column's name. */
export async function cellText(page: Page, caption: string, row: string, column: string): Promise<string> {
  const table = page.getByRole("table", { name: caption });
  const columns = await table.getByRole("columnheader").allTextContents();
  const place = columns.indexOf(column);
  if (place < 0) throw new Error(`${caption} has no column ${column}: ${columns.join(", ")}`);
  const rows = table.locator("tbody tr");
  const heads = await rows.locator("th").allTextContents();
  const at = heads.findIndex((head) => head.startsWith(row));
  if (at < 0) throw new Error(`${caption} has no row ${row}: ${heads.join(", ")}`);
  return textOf(rows.nth(at).locator("th, td").nth(place));
}

/** As it is written, and not as styles have it (in capitals, say). */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? "";
}

/** What a pattern's group finds in a text; the whole text, where it is not there, so that a failure says what was. */
export function partOf(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? `${pattern} is not in: ${text}`;
}
