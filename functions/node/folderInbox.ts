import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The journal's inbox as the runtime of `fx serve` binds it: PUT /NAME makes a file of that name, whole or not at all. The folder lies in
 * memory: a file is made there in some microseconds, in which nothing else has to be done first.
 */
export function folderInbox(folder: string): { readonly fetch: typeof fetch } {
  const put = (name: string, body: Uint8Array) => {
    const hidden = join(folder, `.${name}`);
    writeFileSync(hidden, body);
    renameSync(hidden, join(folder, name));
  };
  return {
    fetch: async (address, init) => {
      const name = new URL(String(address)).pathname.slice(1);
      const body = init?.body as Uint8Array;
      try {
        put(name, body);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        // Whoever cleans up shared memory may have taken it.
        mkdirSync(folder, { mode: 0o700, recursive: true });
        put(name, body);
      }
      return new Response(null, { status: 204 });
    },
  };
}
