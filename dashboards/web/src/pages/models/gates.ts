/** A check of model_validation, and what it found of a version. */
export interface Gate {
  readonly name: string;
  /** What it asks, as a question that "yes" passes. */
  readonly asks: string;
  /** not_run: the version's tags do not have it. */
  readonly verdict: "passed" | "failed" | "not_run";
  /** What was measured, in the check's own words. */
  readonly measured: string;
}

/** The checks in the order in which they are worth reading: is it honest, is it sound, is it worth something. */
const ASKS: Readonly<Record<string, string>> = {
  leak_check: "Is its accuracy plausible, rather than that of a model that saw the future?",
  rebuild_check: "Are its training rows exactly what could be known at the time?",
  shuffle_check: "Does it find nothing where labels were shuffled, so that there is nothing?",
  size_check: "Was it judged on enough rows to tell a leak from luck?",
  dominance_check: "Is a feature that carries the model explained?",
  importance_check: "Are the shares of its features a distribution over what it reads?",
  importance_rank_check: "Does it rest on about the same features as the version in Production?",
  split_check: "Did every fold, and the model that is kept, learn anything at all?",
  sanity_check: "Are its answers probabilities, and not all the same?",
  calibration_check: "When it says 60 %, does it come about 60 times in a hundred?",
  parity_check: "Does what is served give exactly the library's answers?",
  skill_check: "Is it no worse than always saying the base rate?",
  champion_check: "Has it shown that it may replace the version in Production?",
};

const ENDING = "_check";

/** The checks by a version's tags: those that are known in their order, then any others. Empty: none has run. */
export function gatesOf(tags: Readonly<Record<string, string>>): readonly Gate[] {
  const said = Object.keys(tags).filter((name) => name.endsWith(ENDING));
  if (said.length === 0) return [];
  const others = said.filter((name) => !Object.hasOwn(ASKS, name)).toSorted();
  return [...Object.keys(ASKS), ...others].map((name) => ({ name, asks: ASKS[name] ?? "", ...readVerdict(tags[name]) }));
}

function readVerdict(text: string | undefined): Pick<Gate, "verdict" | "measured"> {
  if (text === undefined) return { verdict: "not_run", measured: "This version was not asked it." };
  const [, verdict, measured] = /^(passed|failed): (.*)$/s.exec(text) ?? [];
  // A client may set a tag of such a name; it is shown, and passes nothing.
  return verdict === undefined ? { verdict: "not_run", measured: text } : { verdict: verdict as "passed" | "failed", measured: measured! };
}

/** In a few words: 12 of 13 passed, leak_check failed. */
export function gatesInShort(gates: readonly Gate[]): string {
  if (gates.length === 0) return "not judged yet";
  const failed = gates.filter(({ verdict }) => verdict === "failed").map(({ name }) => name);
  const run = gates.filter(({ verdict }) => verdict !== "not_run");
  const passed = run.length - failed.length;
  return failed.length === 0 ? `all ${run.length} passed` : `${passed} of ${run.length} passed, ${failed.join(", ")} failed`;
}
