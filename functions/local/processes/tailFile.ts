import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const TAIL_BYTES = 16 * 1024;
// The escape character is what is looked for.
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes start with ESC
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The last lines of a log without colours and blank lines, each indented; "" when there is no log. */
export function tailFile(path: string, lines: number): string {
  const text = readEnd(path).replace(COLOURS, "");
  const full = text.split("\n").filter((line) => line.trim() !== "");
  return full
    .slice(-lines)
    .map((line) => `  | ${line.trimEnd().slice(0, 400)}`)
    .join("\n");
}

function readEnd(path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
  try {
    const size = fstatSync(file).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}
