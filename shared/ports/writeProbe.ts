/** Proves that the stores still take writes, each by a small one over the last. Throws store_unavailable where one does not. */
export interface WriteProbe {
  lake(): Promise<void>;
  database(): Promise<void>;
}
