/** One element of the array, on a single line. */
export interface JsonElement {
  /** Line on which the element starts, from 1. */
  readonly line: number;
  readonly text: string;
}

/** An element, or what surrounds the array, that is longer than this is no candle answer. */
const MAX_CHARACTERS = 1024 * 1024;
const [QUOTE, BACKSLASH] = [34, 92];
const ARRAY_KEY = /"candles"\s*:\s*$/;

/**
 * Cuts the elements of one array out of JSON text that comes in pieces, so that a file of any size is read with one
 * candle in memory: the array under the key `candles` of the outermost object, or the outermost array itself. What is
 * left is the envelope, with an empty array in its place.
 *
 * Only strings, escapes and nesting are followed; whether the pieces are JSON is for JSON.parse to say.
 */
export class JsonScan {
  #line = 1;
  #depth = 0;
  #in_string = false;
  #is_escaped = false;
  #phase: "before" | "inside" | "after" = "before";
  #array_depth = 0;
  #outside = "";
  #element = "";
  #element_line = 0;
  #elements: JsonElement[] = [];

  /** The elements that end in this piece. */
  push(piece: string): readonly JsonElement[] {
    this.#elements = [];
    for (let at = 0; at < piece.length; ) {
      const end = this.#in_string ? this.#endInString(piece, at) : endOfPlain(piece, at);
      if (end > at) this.#keep(piece.slice(at, end));
      at = end;
      if (!this.#in_string && at < piece.length && isMark(piece.charCodeAt(at))) this.#structure(piece[at++]!);
    }
    return this.#elements;
  }

  /** The array has begun and not ended. */
  get is_inside(): boolean {
    return this.#phase === "inside";
  }

  /** The text without the elements; null when no array was found, or it or the text around it did not end. */
  envelope(): string | null {
    return this.#phase === "after" && this.#depth === 0 ? this.#outside.trim() : null;
  }

  /** Behind the quote that ends the string, or the end of the piece. */
  #endInString(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (this.#is_escaped) this.#is_escaped = false;
      else if (code === BACKSLASH) this.#is_escaped = true;
      else if (code === QUOTE) {
        this.#in_string = false;
        return at + 1;
      }
    }
    return piece.length;
  }

  #structure(character: string): void {
    if (character === '"') this.#in_string = true;
    const is_between = this.#phase === "inside" && this.#depth === this.#array_depth;
    if (is_between && (character === "," || character === "]")) {
      this.#endElement();
      if (character === ",") return;
      this.#phase = "after";
    }
    const opens_array = character === "[" && this.#opensArray();
    this.#keep(character);
    if (character === "{" || character === "[") this.#depth += 1;
    if (character === "}" || character === "]") this.#depth -= 1;
    if (!opens_array) return;
    this.#phase = "inside";
    this.#array_depth = this.#depth;
  }

  #opensArray(): boolean {
    if (this.#phase !== "before") return false;
    return this.#depth === 0 ? this.#outside.trim() === "" : this.#depth === 1 && ARRAY_KEY.test(this.#outside);
  }

  #keep(text: string): void {
    const is_begun = this.#phase !== "inside" || this.#element !== "";
    const kept = is_begun ? text : text.trimStart();
    const blank_lines = is_begun ? 0 : countLines(text.slice(0, text.length - kept.length));
    if (!is_begun && kept !== "") this.#element_line = this.#line + blank_lines;
    if (this.#phase === "inside") this.#element += kept;
    else this.#outside += kept;
    this.#line += blank_lines + countLines(kept);
    if (this.#outside.length > MAX_CHARACTERS || this.#element.length > MAX_CHARACTERS) {
      throw new Error(`line ${this.#line}: 1 MB without the end of a candle; expected an answer of OANDA with candles`);
    }
  }

  #endElement(): void {
    const text = this.#element.trim().replace(/\s*\n\s*/g, " ");
    if (text !== "") this.#elements.push({ line: this.#element_line, text });
    this.#element = "";
  }
}

/** The next character that structure is made of, or the end of the piece. */
function endOfPlain(piece: string, from: number): number {
  for (let at = from; at < piece.length; at++) if (isMark(piece.charCodeAt(at))) return at;
  return piece.length;
}

/** One of `" , [ ] { }`. */
function isMark(code: number): boolean {
  return code === QUOTE || code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
