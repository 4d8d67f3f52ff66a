const QUALITIES = [
  "able",
  "bold",
  "calm",
  "clean",
  "deep",
  "early",
  "fair",
  "firm",
  "keen",
  "late",
  "light",
  "mild",
  "open",
  "plain",
  "quick",
  "sober",
];
const THINGS = [
  "anchor",
  "bridge",
  "candle",
  "harbour",
  "island",
  "ledger",
  "market",
  "ocean",
  "orchard",
  "pilot",
  "quay",
  "river",
  "signal",
  "strait",
  "tide",
  "vessel",
];

/** A name for a run that was given none, by its id: people find "calm-tide-417" again, and not 32 digits. */
export function runNameOf(run_id: string): string {
  const code = [...run_id].reduce((sum, digit) => (sum * 31 + (digit.codePointAt(0) ?? 0)) % 1_000_003, 7);
  return `${QUALITIES[code % 16]}-${THINGS[Math.floor(code / 16) % 16]}-${code % 1_000}`;
}
