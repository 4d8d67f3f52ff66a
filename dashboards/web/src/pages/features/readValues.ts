export interface ValueAt {
  /** Epoch ms. */
  readonly at: number;
  /** Null: not known then. */
  readonly value: number | null;
}

/** Lines of an export of one feature, in their order. Throws where one is no JSON. */
export function readValues(lines: string): readonly ValueAt[] {
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const { instrument: _, event_timestamp, ...rest } = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const [value] = Object.values(rest);
      return { at: Date.parse(String(event_timestamp)), value: typeof value === "number" ? value : null };
    });
}

/** Longer than between two bars of an open market. */
const GAP_MS = 3 * 3_600_000;

/** The same with a point of nothing where the market was closed, so that no line is drawn over it. */
export function withGaps(values: readonly ValueAt[]): readonly ValueAt[] {
  return values.flatMap((one, index) => {
    const before = values[index - 1];
    return before !== undefined && one.at - before.at > GAP_MS ? [{ at: before.at + 1, value: null }, one] : [one];
  });
}
