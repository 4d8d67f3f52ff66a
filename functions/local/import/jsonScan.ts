/** One element of the array, on a single line. */
export interface JsonElement {
  /** Line on which the element starts, from 1. */
  readonly line: number;
  readonly text: string;
}

/** An element, or what surrounds the array, that is longer than this is no candle answer. */
const MAX_CHARACTERS = 1024 * 1024;
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
    for (const character of piece) {
      if (character === "\n") this.#line += 1;
      if (this.#in_string) this.#inString(character);
      else this.#structure(character);
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

  #inString(character: string): void {
    if (this.#is_escaped) this.#is_escaped = false;
    else if (character === "\\") this.#is_escaped = true;
    else if (character === '"') this.#in_string = false;
    this.#keep(character);
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

  #keep(character: string): void {
    if (this.#phase !== "inside") this.#outside += character;
    else if (this.#element !== "") this.#element += character;
    else if (character.trim() !== "") {
      this.#element = character;
      this.#element_line = this.#line;
    }
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
