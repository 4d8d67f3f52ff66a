/** Immutable objects by key (R2). */
export interface ObjectStore {
  /** Writes once. True when written, false when the key exists already; the stored object never changes. */
  putOnce(key: string, body: Uint8Array | string, contentType: string): Promise<boolean>;
  /** The bytes, the caller's own; null when there is no such object. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
}
