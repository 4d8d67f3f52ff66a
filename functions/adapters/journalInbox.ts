import { deepestMessage } from "./deepestMessage.ts";
import type { JournalTry } from "./journalQueue.ts";

/**
 * Puts the batch as a file of its own into the journal's inbox, a folder that the runtime itself writes to: a few system calls where a
 * request to another process costs more than the prediction. The runtime writes a hidden file and renames it, so that whoever reads the
 * folder sees whole batches only, and the same batch put twice is one file. What the folder does not take is handed over `otherwise`.
 */
export function createJournalInbox(folder: { readonly fetch: typeof fetch }, otherwise: JournalTry): JournalTry {
  return async (batch, name) => {
    const problem = await put(folder, batch, name);
    if (problem === null) return null;
    console.warn(`The journal's inbox did not take a batch (${problem}); its process is asked.`);
    return otherwise(batch, name);
  };
}

async function put(folder: { readonly fetch: typeof fetch }, body: Uint8Array<ArrayBuffer>, name: string): Promise<string | null> {
  try {
    const response = await folder.fetch(`http://journal/${name}`, { method: "PUT", body });
    return response.ok ? null : String(response.status);
  } catch (error) {
    return deepestMessage(error);
  }
}
