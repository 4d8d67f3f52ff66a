/** What breaks a line, or means something to a terminal: control characters, and the line separators of Unicode. */
const BREAKING = /[\p{Cc}\u2028\u2029]/gu;

/** A text for a log, whoever it came from: on one line, with what would break it written as JSON writes it. */
export function onOneLine(text: string): string {
  return text.replaceAll(BREAKING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
