import { AskError } from "./askError.ts";

/**
 * Sends a request. Throws AskError when no answer comes, and what the browser throws of a request that cannot be made, which is a fault of
 * this page and not of the server's.
 */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  const request = new Request(path, init);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new AskError(null, {
      title: "No answer",
      detail: "The server does not answer. It may have been stopped, or the connection is down.",
    });
  }
}
