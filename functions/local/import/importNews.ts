import type { ImportNewsResponse } from "../../../shared/contracts/importNews.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { NewsFile } from "./findNewsFiles.ts";
import { type NewsChunk, newsChunks } from "./newsChunks.ts";

export interface NewsImport {
  readonly answers: readonly ImportNewsResponse[];
  /** By file: how it was understood. */
  readonly notes: readonly { readonly path: string; readonly text: string }[];
  /** Files that were not read to their end, and why; what came before stands. */
  readonly errors: readonly AppError[];
}

export interface NewsImportOptions {
  readonly files: readonly NewsFile[];
  /** See NewsReadOptions. */
  readonly source: string | null;
  readonly post: (chunk: NewsChunk) => Promise<ImportNewsResponse>;
  readonly onFile: (file: NewsFile, index: number) => void;
}

/** Sends news files to the Worker. A file that cannot be read is noted and the next one goes on; a Worker that refuses or is away ends the import. */
export async function importNews({ files, source, post, onFile }: NewsImportOptions): Promise<NewsImport> {
  const answers: ImportNewsResponse[] = [];
  const notes: NewsImport["notes"][number][] = [];
  const errors: AppError[] = [];
  for (const [index, file] of files.entries()) {
    onFile(file, index);
    const chunks = newsChunks(file, { source, note: (text) => notes.push({ path: file.path, text }) });
    for (;;) {
      // Only the file's own errors are noted: what `post` throws is about the Worker.
      const next = await chunks.next().catch(toAppError);
      if (next instanceof AppError) errors.push(next);
      if (next instanceof AppError || next.done) break;
      answers.push(await post(next.value));
    }
  }
  return { answers, notes, errors };
}

/** Nothing of what was read is in the store, neither since now nor since before. */
export function storedNoArticle({ answers }: Pick<NewsImport, "answers">): boolean {
  return answers.every(({ inserted, unchanged }) => inserted + unchanged === 0);
}
