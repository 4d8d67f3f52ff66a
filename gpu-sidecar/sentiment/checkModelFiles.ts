import { open } from "node:fs/promises";
import type { ModelSettings } from "./modelSettings.ts";

const GGUF_MAGIC = "GGUF";

/**
 * What can be known to be wrong before a process starts, as one sentence that names the variable; null when the files look right.
 * Files that are still being copied or whose disk is not mounted yet are looked at again later.
 */
export async function checkModelFiles({ base, adapter }: Pick<ModelSettings, "base" | "adapter">): Promise<string | null> {
  if (base === null) return null;
  const wrong = await checkFile("FINGPT_BASE_GGUF", base);
  return wrong ?? (adapter === null ? null : checkFile("FINGPT_LORA_GGUF", adapter));
}

async function checkFile(variable: string, path: string): Promise<string | null> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(GGUF_MAGIC.length), 0, GGUF_MAGIC.length, 0);
      if (buffer.toString("latin1", 0, bytesRead) === GGUF_MAGIC) return null;
      return `${variable}: ${path} is not a GGUF file: convert the weights with llama.cpp's scripts, see docs/news.md`;
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code ?? (error as Error).message})`;
    return `${variable}: ${path} ${why}`;
  }
}
