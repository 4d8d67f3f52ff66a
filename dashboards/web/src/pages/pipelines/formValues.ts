/** What forms hold, as the API wants it. */

export type Read<Value> = { readonly value: Value } | { readonly problem: string };

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?Z?$/;

/** A moment in UTC as people type it, 2026-01-31 or 2026-01-31 12:00, in ISO 8601; undefined: none is given. */
export function utcOf(text: string): Read<string | undefined> {
  if (text.trim() === "") return { value: undefined };
  const [, date, time = "00:00", seconds = ":00"] = MOMENT.exec(text.trim()) ?? [];
  const iso = `${date}T${time}${seconds}Z`;
  if (date === undefined || Number.isNaN(Date.parse(iso))) return { problem: "Write it as 2026-01-31 12:00 (UTC)." };
  return { value: iso };
}

/** A moment as such a field holds it. */
export function inputOf(iso: string): string {
  return new Date(iso).toISOString().slice(0, 16).replace("T", " ");
}

/** JSON that was typed: its value, or what is wrong with it. An empty text is no value. */
export function jsonOf(text: string): Read<unknown> {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The same where an object is wanted. */
export function jsonObjectOf(text: string): Read<Record<string, unknown> | undefined> {
  const read = jsonOf(text);
  if ("problem" in read) return read;
  const { value } = read;
  if (value === undefined) return { value };
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { value: value as Record<string, unknown> }
    : { problem: 'An object is wanted: {"name": "value"}' };
}

/** What is wrong with what was typed; undefined: nothing. */
export function problemIn(read: Read<unknown>): string | undefined {
  return "problem" in read ? read.problem : undefined;
}

/** What was typed, where it can be read. */
export function valueIn<Value>(read: Read<Value>): Value | undefined {
  return "value" in read ? read.value : undefined;
}
