/** A mutation after which the program does the same: no test can see it. */
export interface Equivalent {
  readonly path: string;
  /** The text around the operator, as it stands in the file; every occurrence is meant. */
  readonly code: string;
  readonly original: string;
  /** Why nothing changes: an argument that a reader can follow, or it does not belong here. */
  readonly reason: string;
}
