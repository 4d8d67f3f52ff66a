const SHAPE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::\d\d)?Z?)?$/;

/** A moment of UTC as people type it, 2026-01-31 or 2026-01-31 14:05, in epoch ms; null where it is none. */
export function readMoment(text: string): number | null {
  const [, date, time] = SHAPE.exec(text.trim()) ?? [];
  if (date === undefined) return null;
  const at = Date.parse(`${date}T${time ?? "00:00"}Z`);
  // The 31st of a month of 30 days would be the 1st of the next.
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date) ? at : null;
}

/** As readMoment reads it: 2026-01-31 14:05. */
export function typedMoment(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
