import { isFigure, type Token } from "./token.ts";

const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  mln: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  bln: 1e9,
  billion: 1e9,
  tn: 1e12,
  trn: 1e12,
  trillion: 1e12,
};

/** A figure of a text with its unit: 13.1 mn = 13,100,000, 8.9 % = 8.9. */
export interface Figure {
  readonly value: number;
  readonly is_percent: boolean;
  /** Index behind the figure and its unit. */
  readonly end: number;
}

/** Reads the figure at `at`; null where there is none. */
export function figureAt(tokens: readonly Token[], at: number): Figure | null {
  const token = tokens[at];
  if (token === undefined || !isFigure(token)) return null;
  const match = /([+\-−]?)(\d[\d,]*(?:\.\d+)?)([a-z]*)/.exec(token.lower);
  if (match === null) return null;
  const next = tokens[at + 1]?.lower ?? "";
  const attached = UNITS[match[3]!];
  const unit = attached ?? (match[3] === "" ? UNITS[next] : undefined);
  const value = Number(match[2]!.replaceAll(",", "")) * (unit ?? 1) * (isMinus(tokens, at, match[1]!) ? -1 : 1);
  const is_percent = token.kind === "percent" || next === "percent" || next === "per" || next === "pct";
  return { value, is_percent, end: at + (unit !== undefined && attached === undefined ? 2 : 1) };
}

/** "-3.1", "negative EUR 15.3 mn", "minus 2". */
function isMinus(tokens: readonly Token[], at: number, sign: string): boolean {
  if (sign === "-" || sign === "−") return true;
  return [tokens[at - 1], tokens[at - 2]].some((token) => token?.lower === "negative" || token?.lower === "minus");
}
