import { z } from "zod";
import type { CandleRefusal } from "../domain/rejectReason.ts";

/** Why a reader of files could make no candle of a row, or not the candle that its label promises. */
const READER_REASONS = ["cut_off", "wrong_field_count", "wrong_shape", "bad_time", "wrong_instrument", "wrong_granularity"] as const;
export type ReaderReason = (typeof READER_REASONS)[number];

/** Characters of a row that are kept; a longer one is cut. */
export const MAX_UNREAD_CHARACTERS = 2_000;

/** A row of a file that is sent on as a reject: its text, and why. It goes the way of all lines, so that it is counted and kept as they are. */
export const unreadRowSchema = z.strictObject({
  unread: z.strictObject({ reason: z.enum(READER_REASONS), detail: z.string().min(1).max(500) }),
  text: z.string().max(MAX_UNREAD_CHARACTERS),
});
export type UnreadRow = z.infer<typeof unreadRowSchema>;

/** The reader's reason, if the record is such a row; null for a record that is to be judged. */
export function findUnread(record: Readonly<Record<string, unknown>>): CandleRefusal | null {
  if (record["unread"] === undefined) return null;
  const parsed = unreadRowSchema.safeParse(record);
  return parsed.success
    ? parsed.data.unread
    : { reason: "wrong_shape", detail: "unread: expected a reason and a detail, beside the text of the row" };
}
