import type { StackHost, StackUnderTest } from "./stackUnderTest.ts";

/** One row of the table that a section measured. */
export interface Measured {
  /** What exactly was measured. */
  readonly label: string;
  /** The figures in words, as they are printed. */
  readonly text: string;
  /** The same figures for --json; units are in the names. */
  readonly values: Readonly<Record<string, number>>;
  /** Where a row has a peer or a budget of its own. */
  readonly peer?: string;
  readonly budget?: string;
}

/** `own`: filled by the first stack of this bench. `kept`: filled by an earlier bench, a copy of which is taken (keptStore.ts). */
export type StackStore = "own" | "kept";

/** What sections share: at most one whole stack at a time, on one store of each kind for the whole bench. */
export interface BenchContext {
  stack(host: StackHost, store?: StackStore): Promise<StackUnderTest>;
  /** Says a row that a long section has measured before it ends: a bench that is cut off has shown it. */
  tell(row: Measured): void;
}

/** One piece of work with its budget in architecture.md. A section leaves nothing running but the context's stack. */
export interface Section {
  readonly name: string;
  readonly work: string;
  /** How it is measured, where that needs saying. */
  readonly note?: string;
  readonly peer: string;
  readonly budget: string;
  /** Null: the feature does not exist yet. */
  readonly run: ((context: BenchContext) => Promise<readonly Measured[]>) | null;
  /** Measures the modules of another checkout by the code of this one. Left out: the other's own bench is asked. */
  readonly runIn?: (checkout: string) => Promise<readonly Measured[]>;
}
