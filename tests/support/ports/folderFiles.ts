import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import type { PageFile, PageFiles } from "../../../shared/ports/pageFiles.ts";

/** Files of pages where no wrangler serves them: read of a folder once, and kept. */
export function createFolderFiles(folder: string): PageFiles {
  const kept = new Map<string, PageFile>();
  return {
    async read(path) {
      const known = kept.get(path);
      if (known) return known;
      const file = await readOrNull(join(folder, normalize(path)));
      if (file) kept.set(path, file);
      return file;
    },
  };
}

async function readOrNull(path: string): Promise<PageFile | null> {
  try {
    const body = new Uint8Array(await readFile(path));
    return { body, etag: `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"` };
  } catch (error) {
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
