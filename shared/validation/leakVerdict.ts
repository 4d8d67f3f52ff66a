/** Verdict of one of the checks that look for knowledge of the future in a model, its data or its evaluation. */
export interface LeakVerdict {
  readonly name: "rebuild_check" | "shuffle_check" | "dominance_check";
  readonly passed: boolean;
  /** What was compared with what, and what failed by name, for people. */
  readonly detail: string;
}
