import { LineShape } from "../../../shared/contracts/lineShape.ts";
import { type CandleLine, isFields, toCandleLine, toRefusedLine } from "./candleLine.ts";
import type { TimeReader } from "./timeReader.ts";

/** Shapes are learnt as long as it helps. */
const FREE_LESSONS = 20;
const NOT_LEARNT = -1;

/** Reads the records of a file that are written as one before them is, without parsing them: they are sent as they stand. */
export class FlatRecords {
  readonly #times: TimeReader;
  #shape: LineShape | null = null;
  #time = NOT_LEARNT;
  #record: Readonly<Record<string, unknown>> = {};
  #lessons = 0;
  #read = 0;

  constructor(times: TimeReader) {
    this.#times = times;
  }

  /** Learns from a line and what it holds. */
  learn(text: string, record: unknown): void {
    // With a clock the line is not sent as it stands.
    if (!isFields(record) || this.#times.has_clock || (this.#lessons >= FREE_LESSONS && this.#read < this.#lessons)) return;
    this.#lessons += 1;
    const shape = LineShape.of(text);
    const time = shape?.holes.findIndex(({ name }) => name === "time") ?? NOT_LEARNT;
    if (time === NOT_LEARNT) return;
    this.#shape = shape;
    this.#time = time;
    const { instrument, granularity } = record;
    this.#record = { instrument, granularity };
  }

  /** What readRecord makes of the line; null where it is not written as the one that was learnt from. */
  read(line: number, text: string, envelope: Readonly<Record<string, unknown>>): CandleLine | null {
    const shape = this.#shape;
    if (shape === null || !shape.fits(text)) return null;
    for (let hole = 0; hole < shape.holes.length; hole++) if (!shape.isAllowed(text, hole)) return null;
    const written = text.slice(shape.from[this.#time], shape.to[this.#time]);
    const value = shape.holes[this.#time]!.is_text ? written : Number(written);
    this.#read += 1;
    const read = this.#times.read(value, line);
    if ("reason" in read) return toRefusedLine(line, text, read.reason, read.detail);
    return toCandleLine({ line, text, record: { ...this.#record, time: read.time }, envelope });
  }
}
