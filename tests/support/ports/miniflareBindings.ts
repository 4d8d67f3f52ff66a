import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

/** Real R2 and KV of workerd, in memory. Call `stop` when done. */
export async function startMiniflare() {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch() { return new Response(null, { status: 404 }); } };",
      compatibilityDate: "2026-01-01",
      kvNamespaces: ["ONLINE"],
      r2Buckets: ["LAKE"],
      cf: false,
    }),
  );
  await miniflare.ready;
  // Miniflare's proxies have the bindings' methods, under types of its own.
  return {
    bucket: (await miniflare.getR2Bucket("LAKE")) as unknown as R2Bucket,
    kv: (await miniflare.getKVNamespace("ONLINE")) as unknown as KVNamespace,
    stop: () => miniflare.dispose(),
  };
}
