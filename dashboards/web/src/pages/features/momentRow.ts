/** The row of an instrument and moment: what could be known then, beside what is served now. */

export interface RowValue {
  readonly ref: string;
  /** At the moment; null: it could not be known. */
  readonly known: number | null;
  /** What is served now. */
  readonly served: number | null;
  /** PRESENT, NULL_VALUE, NOT_FOUND, OUTSIDE_MAX_AGE; null: not asked. */
  readonly status: string | null;
  /** Of the served row; null: there is none. */
  readonly served_at: string | null;
}

/** The one line of an answer of POST /get-historical-features. Throws where it is no line of JSON. */
export function readHistoryLine(text: string): Readonly<Record<string, unknown>> {
  const [line] = text.split("\n").filter((one) => one.trim() !== "");
  if (line === undefined) throw new Error("The answer has no row, though one was asked for.");
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
}

export interface OnlineRow {
  readonly results: readonly {
    readonly values: readonly (string | number | null)[];
    readonly statuses: readonly string[];
    readonly event_timestamps: readonly string[];
  }[];
  readonly metadata: { readonly feature_names: readonly string[] };
}

/** `refs`: view:feature, in the order in which both were asked; names are view__feature in both answers. */
export function momentRow(
  refs: readonly string[],
  history: Readonly<Record<string, unknown>> | undefined,
  online: OnlineRow | undefined,
): readonly RowValue[] {
  const places = new Map(online?.metadata.feature_names.map((name, index) => [name, index]));
  return refs.map((ref) => {
    const name = ref.replace(":", "__");
    const place = places.get(name);
    const online_value = place === undefined ? undefined : online?.results[place];
    const status = online_value?.statuses[0] ?? null;
    const has_row = status !== null && status !== "NOT_FOUND";
    return {
      ref,
      known: numberOrNull(history?.[name]),
      served: numberOrNull(online_value?.values[0]),
      status,
      served_at: has_row ? (online_value?.event_timestamps[0] ?? null) : null,
    };
  });
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

const HOUR = 3_600_000;
/** Of the widest gap between bars: a weekend with a holiday beside it. */
const LONGEST_GAP_HOURS = 96;

/** From when on bars are asked for, so that `bars` hours of open market are among them. Epoch ms. */
export function barsFrom(at: number, bars: number): number {
  const hours = Math.ceil((bars * 7) / 5) + LONGEST_GAP_HOURS;
  return at - hours * HOUR;
}

/** The newest `bars` of them that were over at `at`: a bar is known when it has ended. */
export function barsBehind<Bar extends { readonly end: string }>(candles: readonly Bar[], at: number, bars: number): readonly Bar[] {
  return candles.filter(({ end }) => Date.parse(end) <= at).slice(-bars);
}
