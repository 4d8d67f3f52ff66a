/** A value of a line of JSON that differs from line to line. Between those, the text is the same in all lines of a shape. */
export interface ShapeHole {
  /** Its key, behind that of the object it lies in: `open`, `mid.o`. */
  readonly name: string;
  /** It is text: the quotes belong to the shape. */
  readonly is_text: boolean;
}

/** Keys whose values say what all lines are: they belong to the shape, and a line with another value is of another shape. */
const CONSTANT: ReadonlySet<string> = new Set(["instrument", "granularity", "complete"]);
const TOKEN = /\s*("[^"]*"|[{}[\]:,]|[^\s{}[\]:,"]+)/y;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * How the lines of a file of JSON are written, learnt from one of them: nearly always all lines have the same keys in the same order with
 * the same spaces, and only values differ. A line that fits is found by comparing text, without an object being made of it.
 */
export class LineShape {
  readonly holes: readonly ShapeHole[];
  /** What stands before the first hole, between the holes, and behind the last one. */
  readonly #literals: readonly string[];
  /** Where each hole of the line that was read last begins and ends. */
  readonly from: Int32Array;
  readonly to: Int32Array;

  private constructor(holes: readonly ShapeHole[], literals: readonly string[]) {
    this.holes = holes;
    this.#literals = literals;
    this.from = new Int32Array(holes.length);
    this.to = new Int32Array(holes.length);
  }

  /** The shape of a line that is JSON; null where it is no object of plain values and objects of them, has an escape or a key twice. */
  static of(line: string): LineShape | null {
    const scan = new ShapeScan(line);
    return scan.run() ? new LineShape(scan.holes, scan.literals) : null;
  }

  /** Whether the line is of this shape; then it is JSON, and `from` and `to` say where its values stand. */
  fits(line: string): boolean {
    const literals = this.#literals;
    if (!line.startsWith(literals[0]!)) return false;
    let at = literals[0]!.length;
    for (let i = 0; i < this.holes.length; i++) {
      const end = this.holes[i]!.is_text ? line.indexOf('"', at) : endOfNumber(line, at);
      const next = literals[i + 1]!;
      if (end < 0 || !line.startsWith(next, end)) return false;
      this.from[i] = at;
      this.to[i] = end;
      at = end + next.length;
    }
    return at === line.length;
  }

  /** Whether the value is one that JSON allows where it stands. Not asked of values that are read: their readers are stricter. */
  isAllowed(line: string, hole: number): boolean {
    const [from, to] = [this.from[hole]!, this.to[hole]!];
    if (!this.holes[hole]!.is_text) return NUMBER.test(line.slice(from, to));
    for (let at = from; at < to; at++) if (line.charCodeAt(at) < 32 || line.charCodeAt(at) === 92) return false;
    return true;
  }
}

/** The first character that is of no number; the number's form is for its reader to judge. */
function endOfNumber(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    const is_number = (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || code === 101 || code === 69;
    if (!is_number) return at;
  }
  return -1;
}

/** Reads one line of JSON for its holes. */
class ShapeScan {
  readonly holes: ShapeHole[] = [];
  readonly literals: string[] = [];
  readonly #line: string;
  readonly #seen = new Set<string>();
  #depth = 0;
  /** The key of the object that is open inside the outer one, with a point behind it. */
  #inner = "";
  #key: string | null = null;
  #from = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /** False where the line has no shape. */
  run(): boolean {
    if (this.#line.includes("\\")) return false;
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(this.#line); match !== null; match = TOKEN.exec(this.#line)) {
      if (!this.#take(match[1]!, TOKEN.lastIndex)) return false;
    }
    this.literals.push(this.#line.slice(this.#from));
    return true;
  }

  #take(token: string, end: number): boolean {
    if (token === "," || token === ":") return true;
    if (token === "{") return this.#open();
    if (token === "}") {
      this.#depth -= 1;
      this.#inner = "";
      return true;
    }
    if (token === "[" || token === "]" || this.#depth === 0) return false;
    if (this.#key === null) return this.#startOf(token.slice(1, -1));
    this.#value(this.#inner + this.#key, token, end);
    this.#key = null;
    return true;
  }

  #open(): boolean {
    this.#depth += 1;
    if (this.#key !== null) this.#inner = `${this.#key}.`;
    this.#key = null;
    return this.#depth <= 2;
  }

  /** A key with a point in it could be taken for one of an inner object. */
  #startOf(key: string): boolean {
    this.#key = key;
    const name = this.#inner + key;
    if (key.includes(".") || this.#seen.has(name)) return false;
    this.#seen.add(name);
    return true;
  }

  #value(name: string, token: string, end: number): void {
    const is_text = token.startsWith('"');
    if (CONSTANT.has(name) || (!is_text && !NUMBER.test(token))) return;
    this.holes.push({ name, is_text });
    this.literals.push(this.#line.slice(this.#from, end - token.length + (is_text ? 1 : 0)));
    this.#from = is_text ? end - 1 : end;
  }
}
