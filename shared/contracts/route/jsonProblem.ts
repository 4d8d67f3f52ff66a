/** Deeper than anything that is asked for here, and shallow enough for every walk that goes down by itself. */
export const MAX_JSON_DEPTH = 32;

const [QUOTE, BACKSLASH, COLON] = [34, 92, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * What a JSON text holds that readers of JSON do not agree on (RFC 8259, 4 and 9): a name twice in one object, of which some take the
 * first and some the last, and more than `max_depth` lists and objects in each other. Null: neither. Of a text that is no JSON it says
 * nothing that matters: JSON.parse refuses that.
 */
export function jsonProblem(text: string, max_depth = MAX_JSON_DEPTH): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (open.length === max_depth) return `is nested more than ${max_depth} deep`;
      open.push(code === OPEN_OBJECT ? new Set() : null);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) open.pop();
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names && isName(text, end)) {
        const name = nameOf(text.slice(at, end));
        if (names.has(name)) return `has ${JSON.stringify(name.slice(0, 120))} twice in one object`;
        names.add(name);
      }
      at = end - 1;
    }
  }
  return null;
}

/** Behind the quote that ends the string, or the end of the text. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote > 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The string that ends here is what stands before a colon. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return text.charCodeAt(at) === COLON;
}

/** Two ways of writing one name are one name. */
function nameOf(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
