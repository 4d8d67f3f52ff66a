/** The first `count` lines of a text whose lines each end with a break, and whether there are more. */
export function linesOf(text: string, count: number): { readonly lines: readonly string[]; readonly has_more: boolean } {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return { lines: lines.slice(0, count), has_more: lines.length > count };
}
