/** The fields of one row of CSV, trimmed. Null when a quote in it is not closed or stands where none may (RFC 4180). */
export function splitRow(text: string, delimiter: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const quoted = /^\s*"/.exec(text.slice(at))?.[0].length;
    const end = quoted === undefined ? text.indexOf(delimiter, at) : endOfQuoted(text, at + quoted, delimiter);
    if (end === null) return null;
    const field = text.slice(at, end < 0 ? undefined : end);
    if (quoted === undefined && field.includes('"')) return null;
    fields.push(quoted === undefined ? field.trim() : field.trim().slice(1, -1).replaceAll('""', '"').trim());
    if (end < 0) return fields;
    at = end + delimiter.length;
  }
}

/** Where the field ends whose text begins at `at`, behind its quote: the next delimiter, -1 for the end of the row, null without an end. */
function endOfQuoted(text: string, at: number, delimiter: string): number | null {
  for (let close = text.indexOf('"', at); close >= 0; close = text.indexOf('"', close + 1)) {
    if (text[close + 1] === '"') {
      close += 1;
      continue;
    }
    const rest = text.slice(close + 1);
    const blank = /^[^\S\t]*/.exec(rest)![0].length;
    if (blank === rest.length) return -1;
    return rest.startsWith(delimiter, blank) ? close + 1 + blank : null;
  }
  return null;
}
