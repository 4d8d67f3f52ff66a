import type { PageFiles } from "../../shared/ports/pageFiles.ts";

/** No server of that name is asked: the binding looks at the path alone. */
const ADDRESS = "https://assets.local";

/** The files of wrangler.toml's `[assets]`. Without the binding there are none. */
export function createAssetFiles(assets: { readonly fetch: typeof fetch } | undefined): PageFiles {
  return {
    async read(path) {
      if (!assets) return null;
      const response = await assets.fetch(`${ADDRESS}${path}`);
      if (response.ok && response.body) return { body: response.body, etag: response.headers.get("etag") };
      await response.body?.cancel();
      return null;
    },
  };
}
