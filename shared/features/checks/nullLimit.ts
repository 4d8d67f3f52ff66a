/** The share of rows past the warm-up in which a feature may be null. */
export interface NullLimit {
  readonly most: number;
  /** Counted where this feature of the view is known: a feature of quotes is null where there are none. */
  readonly without?: string;
}

/** It is known whenever its bars are, and every bar has what it is made of. */
export const NEVER_NULL: NullLimit = { most: 0 };
