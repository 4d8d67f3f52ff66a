import { type CandleLine, isFields, type LineFacts, toCandleLine, toRefusedLine } from "./candleLine.ts";
import type { TimeReader } from "./timeReader.ts";

/** A record of JSON as a line, with its time read; what is no record is sent as it stands, for the Worker to refuse. */
export function readRecord(facts: LineFacts, times: TimeReader): CandleLine {
  const { line, text, record } = facts;
  if (!isFields(record)) return toCandleLine(facts);
  const read = times.read(record["time"], line);
  if ("reason" in read) return toRefusedLine(line, text, read.reason, read.detail);
  if (read.given === null) return toCandleLine(facts);
  const changed = { ...record, time: read.time, given_time: read.given };
  return toCandleLine({ ...facts, record: changed, json: JSON.stringify(changed) });
}
