import { AskError, problemOf } from "../../api/askError.ts";
import { bearerOf } from "../../api/bearerOf.ts";
import { keys } from "../../api/keys.ts";
import { reach } from "../../api/reach.ts";

/** Fetches a file with a key, and gives it to the browser to keep under the name that the server says. */
export async function fetchFile(path: string): Promise<void> {
  const response = await keys.through((key) => reach(path, { headers: bearerOf(key) }));
  if (!response.ok) throw new AskError(response.status, await problemOf(response));
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = named?.[1] ?? path.split("/").at(-1)!;
  link.click();
  URL.revokeObjectURL(url);
}
