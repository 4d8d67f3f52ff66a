const COLOURS = { green: 32, yellow: 33, red: 31 } as const;
type Colour = keyof typeof COLOURS;

const COLOUR_OF: Readonly<Record<string, Colour>> = {
  ok: "green",
  unknown: "yellow",
  degraded: "yellow",
  warning: "yellow",
  breach: "red",
  critical: "red",
  down: "red",
  gone: "red",
};

/** A word of the table above that stands by itself: a cell, or what a line says last. */
const STATUS = new RegExp(`(?<=^|\\s{2,}|: )(${Object.keys(COLOUR_OF).join("|")})(?=\\s{2,}|$)`, "gim");

/** True on a terminal, unless NO_COLOR is set to anything (no-color.org). */
export function hasColours(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  return stream.isTTY === true && (env["NO_COLOR"] ?? "") === "";
}

/** The text with its statuses in their colours. It is laid out before: a colour has no width. */
export function paintStatuses(text: string): string {
  return text.replace(STATUS, (word) => `\u001b[${COLOURS[COLOUR_OF[word.toLowerCase()]!]}m${word}\u001b[0m`);
}
