import { AppError } from "../errors.ts";
import type { OnlineRows } from "../ports/onlineStore.ts";

/** Which features an instrument had when it was told of last: a sum of the moments of its rows. */
export type SeenFeatures = ReadonlyMap<string, string>;

const ENTRY = /^([A-Z]{3}_[A-Z]{3})=([0-9a-f]{8})$/;
const MAX_ENTRIES = 50;

/** What tells these rows from those before and after: event time and creation of each, as eight hex digits (FNV-1a of 32 bits, RFC 9923). */
export function sumOfRows(rows: OnlineRows): string {
  const moments = Object.entries(rows).map(([view, { event_time, created_time }]) => `${view} ${event_time} ${created_time}`);
  let sum = 0x811c9dc5;
  for (const sign of moments.toSorted().join("\n")) sum = Math.imul(sum ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, "0");
}

/** As the id of an event: `USD_SGD=1a2b3c4d,EUR_USD=…`. */
export function writeSeen(seen: SeenFeatures): string {
  return [...seen].map(([instrument, sum]) => `${instrument}=${sum}`).join(",");
}

/** The id of the last event that a client had. Throws 422 for what no event has had. */
export function readSeen(id: string | undefined): Map<string, string> {
  const entries = id === undefined || id === "" ? [] : id.split(",").map((one) => ENTRY.exec(one));
  if (entries.length <= MAX_ENTRIES && entries.every((entry) => entry !== null))
    return new Map(entries.map((entry) => [entry![1]!, entry![2]!]));
  throw new AppError("invalid_request", "Last-Event-ID: it is not the id of an event of this stream. Leave it out to begin anew.", {
    status: 422,
    details: { field: "Last-Event-ID" },
  });
}
