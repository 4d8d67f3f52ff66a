/** What a column of a candle file means. */
export interface CsvColumns {
  /** Name under which each field is sent; null for one that is not. */
  readonly names: readonly (string | null)[];
  /** Columns of the time: one, or a date and a time of day. */
  readonly time: readonly number[];
  /** Columns of prices and volume: where decimal commas may stand. */
  readonly numbers: readonly number[];
  /** What was understood that the reader should know. */
  readonly notes: readonly string[];
}

const SIDE = /^(mid|bid|ask)(o|h|l|c|open|high|low|close)$/;
const CORNERS = ["open", "high", "low", "close"] as const;
const TIMES: ReadonlySet<string> = new Set(["time", "datetime", "timestamp"]);
/** The first that is there is taken. A tick volume goes before a plain one, which MetaTrader fills with zeros for currencies. */
const VOLUMES = ["tickvol", "tickvolume", "tickqty", "volume", "vol"];
/** One number a bar, where a side has four prices. */
const SINGLE: ReadonlySet<string> = new Set(["bid", "ask", "mid"]);
const WANTED =
  "time, and open, high, low and close (or mid_o … mid_c, or both bid_o … bid_c and ask_o … ask_c), and volume if there is one";

/** Reads a header by names, whatever their order and case. Throws one sentence when it is not one of candles. */
export function readColumns(header: readonly string[]): CsvColumns {
  const plain = header.map((name) =>
    name
      .replace(/^<(.*)>$/, "$1")
      .trim()
      .toLowerCase(),
  );
  const keys = plain.map((name) => name.replace(/[\s_.-]/g, ""));
  const names = keys.map((key, i) => meaningOf(key, keys) ?? plain[i]!);
  const time = findTime(keys);
  const missing = [...(time.length === 0 ? ["time"] : []), ...missingPrices(names)];
  if (missing.length > 0)
    throw new Error(`line 1: the header has no column ${missing.join(", and none of ")}; it has ${shown(header)}. Wanted: ${WANTED}.`);
  const twice = names.find((name, i) => name !== "" && names.indexOf(name) !== i && (meaningOf(keys[i]!, keys) ?? null) !== null);
  if (twice !== undefined) throw new Error(`line 1: two columns of the header mean ${twice}; it has ${shown(header)}. Leave one of them.`);
  return {
    names: names.map((name, i) => (time.includes(i) || name === "" || SINGLE.has(name) ? null : name)),
    time,
    numbers: names.flatMap((name, i) => (isNumber(name) ? [i] : [])),
    notes: notesOn(header, names),
  };
}

/** The name that the Worker knows the column by; null where it means nothing here. */
function meaningOf(key: string, keys: readonly string[]): string | null {
  const [, side, corner] = SIDE.exec(key) ?? [];
  if (side !== undefined && corner !== undefined) return `${side}_${corner[0]}`;
  if ((CORNERS as readonly string[]).includes(key)) return key;
  if (key === VOLUMES.find((name) => keys.includes(name))) return "volume";
  return ["instrument", "granularity", "complete"].includes(key) ? key : null;
}

function findTime(keys: readonly string[]): readonly number[] {
  const [date, time] = [keys.indexOf("date"), keys.findIndex((key) => TIMES.has(key))];
  if (date >= 0 && time >= 0 && keys[time] === "time") return [date, time];
  return [time, date].filter((column) => column >= 0).slice(0, 1);
}

/** Empty when one side is whole that a mid price follows from. */
function missingPrices(names: readonly string[]): string[] {
  const lacking = (wanted: readonly string[]) => wanted.filter((name) => !names.includes(name));
  const side = (name: string) => ["o", "h", "l", "c"].map((corner) => `${name}_${corner}`);
  const choices = [CORNERS, side("mid"), [...side("bid"), ...side("ask")]].map(lacking);
  if (choices.some((choice) => choice.length === 0)) return [];
  // Of a side that is partly there, only what it lacks.
  const partly = choices.find((choice, i) => choice.length < [4, 4, 8][i]!);
  return partly ? [partly.join(", ")] : ["open, mid_o or bid_o"];
}

function isNumber(name: string): boolean {
  return name === "volume" || (CORNERS as readonly string[]).includes(name) || /^(mid|bid|ask)_[ohlc]$/.test(name);
}

function notesOn(header: readonly string[], names: readonly string[]): string[] {
  const single = names.filter((name) => SINGLE.has(name));
  const is_metatrader = header.some((name) => /^<.*>$/.test(name.trim()));
  return [
    ...(single.length > 0
      ? [
          `The column${single.length > 1 ? "s" : ""} ${single.join(" and ")} hold one number a bar, where a side has four prices: not stored.`,
        ]
      : []),
    ...(is_metatrader
      ? ["MetaTrader's prices are bid prices: they are stored as mid, about half a spread too low, and bid and ask stay empty."]
      : []),
  ];
}

function shown(header: readonly string[]): string {
  const text = header.join(", ");
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
