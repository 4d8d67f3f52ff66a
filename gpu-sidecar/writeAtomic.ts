import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** Temporary names all end in this, so that a start can sweep what a killed process left. */
export const TEMPORARY_SUFFIX = ".tmp";

export function temporaryName(path: string): string {
  return `${path}.${randomUUID()}${TEMPORARY_SUFFIX}`;
}

/** The whole file or none of it, on the disk before it has its name. */
export async function writeAtomic(path: string, body: string | Uint8Array): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
