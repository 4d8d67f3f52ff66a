/** No whole answer came (`cause` says why), or one that the contract does not know. What a server refuses is no such error: it is told. */
export class FxClientError extends Error {
  override readonly name = "FxClientError";
  /** Null: no whole answer came. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
