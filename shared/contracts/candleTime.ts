import { type Instant, parseInstant, SECOND } from "../domain/instant.ts";
import { readPlainTime } from "../domain/plainText.ts";

/** 1973 to 2286 in seconds, 1973 to 2286 in milliseconds: no number is both. */
const EPOCH_SECONDS = /^\d{9,10}$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

export type TimeForm = "rfc3339" | "epoch_seconds" | "epoch_milliseconds";

/** Start of a candle as files and OANDA write it, in a form that says its own zone; null for all other values. */
export function parseCandleTime(value: unknown): Instant | null {
  const text = textOf(value);
  if (text === null) return null;
  const plain = readPlainTime(text, 0, text.length);
  if (!Number.isNaN(plain)) return plain;
  if (EPOCH_SECONDS.test(text)) return Number(text) * SECOND;
  if (EPOCH_MILLISECONDS.test(text)) return Number(text);
  return parseInstant(text);
}

/** How the time is written; null when `parseCandleTime` does not read it. */
export function timeFormOf(value: unknown): TimeForm | null {
  const text = textOf(value);
  if (text === null || parseCandleTime(text) === null) return null;
  if (EPOCH_SECONDS.test(text) || /^\d+\.\d+$/.test(text)) return "epoch_seconds";
  return EPOCH_MILLISECONDS.test(text) ? "epoch_milliseconds" : "rfc3339";
}

function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim() : null;
}
