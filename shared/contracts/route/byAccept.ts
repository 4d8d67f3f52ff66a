/**
 * An answer that is a page to a browser and JSON to a program, at one address: caches are told that it depends on Accept, whichever it is, and
 * to ask again each time.
 */
export function byAccept(response: Response): Response {
  response.headers.append("vary", "Accept");
  response.headers.set("cache-control", "no-cache");
  return response;
}
