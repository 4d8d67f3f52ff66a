/**
 * What the runtime of predictions reads of the stores that the whole Worker's runtime holds, and the queue's way there: KV and R2 of one machine
 * are files that one process alone may open. A Worker by itself, at a port that only the host knows, for whoever has its token. Plain
 * JavaScript, since it is handed to the runtime as it is.
 *
 * GET /online: all keys; /online/KEY: the value's text. GET /lake/KEY: the object's bytes. 404: there is none. POST /predictions: a message of the queue.
 */
export default {
  async fetch(request, { ONLINE, LAKE, PREDICTIONS, STORES_TOKEN }) {
    if (request.headers.get("authorization") !== `Bearer ${STORES_TOKEN}`) return new Response(null, { status: 401 });
    const [, store, key] = /^\/(\w+)(?:\/(.+))?$/.exec(new URL(request.url).pathname) ?? [];
    if (request.method === "POST" && store === "predictions") {
      await PREDICTIONS.send(await request.json(), { contentType: "v8" });
      return new Response(null, { status: 204 });
    }
    if (store === "online" && key === undefined) return Response.json(await keysOf(ONLINE));
    const found = store === "online" ? await ONLINE.get(decodeURIComponent(key), "text") : (await LAKE.get(decodeURIComponent(key)))?.body;
    return found == null ? new Response(null, { status: 404 }) : new Response(found);
  },
};

async function keysOf(kv) {
  const keys = [];
  for (let cursor, is_complete = false; !is_complete; ) {
    const page = await kv.list(cursor === undefined ? {} : { cursor });
    keys.push(...page.keys.map(({ name }) => name));
    ({ cursor, list_complete: is_complete } = page);
  }
  return keys;
}
