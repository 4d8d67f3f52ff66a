/** What it uses of its bindings. */
interface StoresBindings {
  readonly ONLINE: {
    get(key: string, type: "text"): Promise<string | null>;
    list(options: { cursor?: string }): Promise<{ keys: readonly { name: string }[]; list_complete: boolean; cursor?: string }>;
  };
  readonly LAKE: { get(key: string): Promise<{ readonly body: BodyInit } | null> };
  readonly PREDICTIONS: { send(message: unknown, options: { contentType: "v8" }): Promise<unknown> };
  readonly STORES_TOKEN: string;
}

declare const worker: { fetch(request: Request, bindings: StoresBindings): Promise<Response> };
// biome-ignore lint/style/noDefaultExport: what the runtime asks of a Worker
export default worker;
