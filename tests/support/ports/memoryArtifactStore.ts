import { artifactKeyOf } from "../../../shared/mlflow/artifactKey.ts";
import type { ArtifactEntry, ArtifactStore } from "../../../shared/ports/artifactStore.ts";
import type { createMemoryObjectStore } from "./memoryObjectStore.ts";

type Lake = ReturnType<typeof createMemoryObjectStore>;

/** Artifacts in a map, beside the objects of a lake in memory, which it shows as R2's shows those of its bucket. */
export function createMemoryArtifactStore(lake?: Lake): ArtifactStore {
  const own = new Map<string, Uint8Array>();
  const read = async (key: string) => own.get(key) ?? (await lake?.get(key)) ?? null;
  return {
    put: async (path, body) => void own.set(artifactKeyOf(path), new Uint8Array(await new Response(body as ReadableStream).arrayBuffer())),
    get: async (path) => {
      const bytes = await read(artifactKeyOf(path));
      return bytes && { body: new Blob([bytes as Uint8Array<ArrayBuffer>]).stream(), bytes: bytes.length };
    },
    list: async (path) => {
      const prefix = path === "" ? artifactKeyOf("") : `${artifactKeyOf(path)}/`;
      const found = new Map<string, ArtifactEntry>();
      for (const key of [...own.keys(), ...(lake?.keys() ?? [])].filter((one) => one.startsWith(prefix))) {
        const [name = "", ...rest] = key.slice(prefix.length).split("/");
        const is_dir = rest.length > 0;
        found.set(name, { path: name, is_dir, file_size: is_dir ? null : ((await read(key))?.length ?? null) });
      }
      return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    delete: async (path) => {
      const key = artifactKeyOf(path);
      for (const one of [...own.keys()]) if (one === key || one.startsWith(`${key}/`)) own.delete(one);
    },
  };
}
