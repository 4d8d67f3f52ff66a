import { byCount } from "../domain/byCount.ts";
import { counted } from "../domain/counted.ts";
import { evaluateDirection } from "../metrics/evaluateDirection.ts";
import { plausibilityCheck } from "../validation/plausibilityCheck.ts";
import { foreignRefusal } from "./foreignRefusal.ts";

/** Fewer rows tell an honest model from a leak by chance alone. */
const MIN_UNSEEN_ROWS = 200;

export interface ForeignRecord {
  /** What the model says of the newest rows of the record, and what came of them. */
  readonly p: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** True of a row that was decided after the model was logged: its training cannot have seen it. */
  readonly is_unseen: readonly boolean[];
  readonly max_plausible_accuracy: number;
}

/**
 * What can be said of a model whose training nobody here saw: that it gives probabilities, not one number only, and that on rows which it
 * cannot have been trained on it is not more often right than anybody is. Throws invalid_model where that is not so.
 * @returns a sentence for its card
 */
export function judgeForeign({ p, y, is_unseen, max_plausible_accuracy }: ForeignRecord): string {
  if (p.length === 0) throw foreignRefusal("there is no row of the record to try it on: no features are built yet.");
  const said = Array.from(p);
  const wrong = said.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw foreignRefusal(`it says ${wrong} of a row of the record, which is no probability.`);
  if (new Set(said).size === 1) throw foreignRefusal(`it says ${said[0]} of each of ${counted(said.length, "row")}: it goes by nothing.`);
  const rows = said.map((_, row) => row).filter((row) => is_unseen[row]);
  if (rows.length < MIN_UNSEEN_ROWS) {
    return `Only ${counted(rows.length, "row")} of the record ${byCount(rows.length, "was", "were")} decided after it was logged, and its accuracy on older ones says nothing: it may have been trained on them.`;
  }
  const { passed, detail } = plausibilityCheck(
    evaluateDirection({ y: rows.map((row) => y[row]!), p: rows.map((row) => said[row]!) }),
    max_plausible_accuracy,
  );
  if (!passed) throw foreignRefusal(`on ${counted(rows.length, "row")} decided after it was logged, ${detail}.`);
  return `On ${counted(rows.length, "row")} decided after it was logged: ${detail}.`;
}
