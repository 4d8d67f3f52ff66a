/** Numbers as they are read beside each other: a true minus, a sign where it matters, and as many digits as mean something. */

const MINUS = "−";

/** A figure that is missing is a dash, never a zero. */
export const MISSING = "–";

export interface NumberForm {
  readonly digits?: number;
  /** Also of what is above zero. */
  readonly is_signed?: boolean;
  readonly unit?: string;
}

export function numberOf(value: number | null | undefined, { digits = 2, is_signed = false, unit }: NumberForm = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const is_zero = Number(text.replaceAll(",", "")) === 0;
  const sign = value < 0 && !is_zero ? MINUS : is_signed && !is_zero ? "+" : "";
  return `${sign}${text}${unit === undefined ? "" : unit === "%" ? " %" : ` ${unit}`}`;
}

/** A share of one as percent: 0.5470 is 54.7 %. */
export function percentOf(share: number | null | undefined, digits = 1): string {
  return numberOf(share === null || share === undefined ? share : share * 100, { digits, unit: "%" });
}

/** 1,234; 12.3 k; 4.5 M. */
export function countOf(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  if (Math.abs(value) < 10_000) return numberOf(value, { digits: 0 });
  return Math.abs(value) < 1e6 ? numberOf(value / 1e3, { digits: 1, unit: "k" }) : numberOf(value / 1e6, { digits: 1, unit: "M" });
}

/** The least and the most of counts: 517, or 516 to 517; of none a dash. */
export function countRange(counts: readonly number[]): string {
  if (counts.length === 0) return MISSING;
  const [least, most] = [countOf(Math.min(...counts)), countOf(Math.max(...counts))];
  return least === most ? least : `${least} to ${most}`;
}

/** Bytes as people read them: 1.5 MB. */
export function bytesOf(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return numberOf(value / 1_000 ** step, { digits: step === 0 ? 0 : 1, unit: units[step]! });
}
