/** As much of Cloudflare's Worker Loader as is used: a Worker is made of modules when it is first asked. */
export interface WorkerLoader {
  get(name: string, code: () => Promise<LoadedCode>): { getEntrypoint(): { readonly fetch: typeof fetch } };
}

export interface LoadedCode {
  readonly compatibilityDate: string;
  readonly mainModule: string;
  readonly modules: Readonly<Record<string, string | { readonly wasm: ArrayBuffer } | { readonly data: ArrayBuffer }>>;
  /** What it may reach: nothing. */
  readonly globalOutbound: null;
}
