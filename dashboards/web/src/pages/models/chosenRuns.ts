/** As many as stand side by side and can still be read. */
export const MOST_RUNS = 8;

/** The runs that an address names: runs=ID,ID. What is no id of a run, is named twice or is one too many is left out and counted. */
export function chosenRuns(said: string | null): { readonly runs: readonly string[]; readonly left_out: number } {
  const parts = (said ?? "").split(",").filter((part) => part !== "");
  const known = [...new Set(parts.filter((part) => /^[0-9a-f]{32}$/.test(part)))].slice(0, MOST_RUNS);
  return { runs: known, left_out: parts.length - known.length };
}

/** The same with one more, or without it where it was there; null where none is left. */
export function toggledRun(runs: readonly string[], run_id: string): string | null {
  const next = runs.includes(run_id) ? runs.filter((one) => one !== run_id) : [...runs, run_id].slice(0, MOST_RUNS);
  return next.length === 0 ? null : next.join(",");
}
