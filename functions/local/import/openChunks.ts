import { MAX_UNREAD_CHARACTERS, type UnreadRow } from "../../../shared/contracts/unreadRow.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CandleLine } from "./candleLine.ts";
import { type CandlePart, type CandleRun, isRun, jsonOf, originOf, rowsWithin } from "./candleRun.ts";
import type { Place, PlacedLine } from "./placeLine.ts";

/** What the Worker takes in one request. */
export const MAX_CHUNK_LINES = 5_000;
/** Well inside a request of 8 MB, with multi-byte text. */
const MAX_CHUNK_CHARACTERS = 3_000_000;
/** Lines kept open over all instruments of one file. */
const MAX_OPEN_LINES = 20_000;

/** Where a line came from: its line in the file, and its text there. */
export type Origin = Pick<CandleLine, "line" | "text">;

/** Lines of one place, until they are as many as are sent at once. */
export class OpenChunk {
  readonly place: Pick<Place, "instrument" | "granularity">;
  /** Of the lines whose time can be read. */
  readonly starts: Instant[] = [];
  /** The lines so far, each with a line end. */
  ndjson = "";
  lines = 0;
  readonly #origins: (Origin | CandleRun)[] = [];

  constructor(place: Pick<Place, "instrument" | "granularity">) {
    this.place = place;
  }

  get is_full(): boolean {
    return this.lines >= MAX_CHUNK_LINES || this.ndjson.length >= MAX_CHUNK_CHARACTERS;
  }

  addLine(line: Pick<CandleLine, "line" | "text" | "json" | "start">, refusal: UnreadRow["unread"] | null): void {
    this.ndjson += `${refusal === null ? line.json : unreadText(line, refusal)}\n`;
    this.#origins.push({ line: line.line, text: line.text });
    this.lines += 1;
    if (refusal === null && line.start !== null) this.starts.push(line.start);
  }

  /** As many of the run's rows as there is room for, and of all open chunks for `room`. Returns how many. */
  addRun(run: CandleRun, room: number): number {
    const { rows, first } = run;
    const most = Math.min(run.end, first + room, first + MAX_CHUNK_LINES - this.lines);
    const count = rowsWithin(rows, first, most, MAX_CHUNK_CHARACTERS - this.ndjson.length);
    const end = first + count;
    this.ndjson += jsonOf(rows, first, end);
    this.#origins.push({ ...run, end });
    this.lines += count;
    for (let at = first; at < end; at++) this.starts.push(rows.starts[at]!);
    return count;
  }

  /** Where a line came from, counted from 0. */
  at(line: number): Origin | undefined {
    let before = 0;
    for (const origin of this.#origins) {
      const is_run = "rows" in origin;
      const count = is_run ? origin.end - origin.first : 1;
      if (line < before + count) return is_run ? originOf(origin.rows, origin.first + line - before) : origin;
      before += count;
    }
    return undefined;
  }
}

/** The chunks of a file that are not full yet, by their place. */
export class OpenChunks {
  readonly #open = new Map<string, OpenChunk>();

  /** Puts a part into its chunk. Gives the chunks that are full by it, as often as some are: this one, or all when many instruments are open. */
  *add(part: CandlePart, placeOf: (line: PlacedLine) => Place): Generator<OpenChunk[]> {
    if (!isRun(part)) {
      const place = placeOf(part);
      yield this.#addLine(part, place);
      return;
    }
    const { instrument, granularity, rows, first } = part;
    const place = placeOf({ line: rows.lines[first]!, instrument, granularity, refusal: null });
    for (let at = first; at < part.end; ) {
      if (place.refusal !== null) yield this.#addLine({ ...originOf(rows, at++), json: "", start: null }, place);
      else {
        const chunk = this.#chunkOf(place);
        at += chunk.addRun({ ...part, first: at }, this.#room());
        yield this.#fullWith(chunk);
      }
    }
  }

  /** All of them, in the order in which they were begun. */
  takeAll(): OpenChunk[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }

  #addLine(line: Pick<CandleLine, "line" | "text" | "json" | "start">, place: Place): OpenChunk[] {
    const chunk = this.#chunkOf(place);
    chunk.addLine(line, place.refusal);
    return this.#fullWith(chunk);
  }

  #chunkOf({ instrument, granularity }: Place): OpenChunk {
    const key = `${instrument} ${granularity}`;
    let chunk = this.#open.get(key);
    if (chunk === undefined) {
      chunk = new OpenChunk({ instrument, granularity });
      this.#open.set(key, chunk);
    }
    return chunk;
  }

  #fullWith(chunk: OpenChunk): OpenChunk[] {
    const { instrument, granularity } = chunk.place;
    if (chunk.is_full) {
      this.#open.delete(`${instrument} ${granularity}`);
      return [chunk];
    }
    return this.#room() > 0 ? [] : this.takeAll();
  }

  /** Lines until all chunks are closed; one that is open alone is closed when it is full. */
  #room(): number {
    if (this.#open.size === 1) return Number.POSITIVE_INFINITY;
    let lines = 0;
    for (const chunk of this.#open.values()) lines += chunk.lines;
    return MAX_OPEN_LINES - lines;
  }
}

function unreadText(line: Origin, { reason, detail }: UnreadRow["unread"]): string {
  return JSON.stringify({
    unread: { reason, detail: detail.slice(0, 500) },
    text: line.text.slice(0, MAX_UNREAD_CHARACTERS),
  } satisfies UnreadRow);
}
