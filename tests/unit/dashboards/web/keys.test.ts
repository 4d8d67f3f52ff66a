import { describe, expect, it, vi } from "vitest";
import { AskError } from "../../../../dashboards/web/src/api/askError.ts";
import { createKeys } from "../../../../dashboards/web/src/api/createKeys.ts";
import { reach } from "../../../../dashboards/web/src/api/reach.ts";
import { tryKey } from "../../../../dashboards/web/src/api/tryKey.ts";

/** A tab's storage. */
function storageOf(entries: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

/** A server that takes these keys, and tells how often it was asked with what. */
function serverOf(...taken: (string | null)[]) {
  const asked: (string | null)[] = [];
  const answer = async (key: string | null) => {
    asked.push(key);
    await Promise.resolve();
    return taken.includes(key) ? Response.json({}) : Response.json({ title: "Not allowed", detail: "Send a key." }, { status: 401 });
  };
  return { asked, answer };
}

const twelve = (ask: () => Promise<Response>) => Promise.allSettled(Array.from({ length: 12 }, ask));
const statusesOf = (results: readonly PromiseSettledResult<Response>[]) => [
  ...new Set(results.map((one) => (one.status === "fulfilled" ? one.value.status : (one.reason as AskError).status))),
];

describe("requests of a page", () => {
  it("are not sent after the first that wants a key, and one dialog asks for it", async () => {
    const keys = createKeys(storageOf());
    const server = serverOf("good");
    const refused = await twelve(() => keys.through(server.answer));
    expect([server.asked, statusesOf(refused), keys.wanted.value]).toEqual([[null], [401], "Send a key."]);
    expect(statusesOf(await twelve(() => keys.through(server.answer)))).toEqual([401]);
    expect(server.asked).toEqual([null]);
    keys.keep("good");
    expect(keys.wanted.value).toBeNull();
    expect(statusesOf(await twelve(() => keys.through(server.answer)))).toEqual([200]);
    expect(server.asked).toEqual([null, ...Array(12).fill("good")]);
  });

  it("wait for the first, and are all sent when it was taken", async () => {
    const keys = createKeys(storageOf({ "fx-key": "good" }));
    const server = serverOf("good");
    const first = keys.through(server.answer);
    const rest = twelve(() => keys.through(server.answer));
    expect(server.asked).toEqual(["good"]);
    expect((await first).status).toBe(200);
    expect(statusesOf(await rest)).toEqual([200]);
    expect(server.asked).toHaveLength(13);
  });

  it("go on one by one while no answer says anything of the key", async () => {
    const keys = createKeys(storageOf());
    const answers = [
      () => Promise.reject(new AskError(null, { title: "No answer", detail: "" })),
      async () => new Response(null, { status: 429 }),
    ];
    let sent = 0;
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() => keys.through(() => (answers[sent++] ?? (async () => new Response()))())),
    );
    expect(results.map((one) => (one.status === "fulfilled" ? one.value.status : null))).toEqual([null, 429, 200, 200]);
  });

  it("with a key that is none any more stop as well; what is answered late of a former key changes nothing", async () => {
    const keys = createKeys(storageOf({ "fx-key": "old" }));
    const late = Promise.withResolvers<Response>();
    const request = keys.through(() => late.promise);
    keys.keep("good");
    late.resolve(Response.json({ detail: "Send a key." }, { status: 401 }));
    await expect(request).rejects.toMatchObject({ status: 401 });
    expect(keys.wanted.value).toBeNull();
    expect((await keys.through(serverOf("good").answer)).status).toBe(200);
    await expect(keys.through(serverOf().answer)).rejects.toMatchObject({ status: 401 });
    expect(keys.wanted.value).toBe("Send a key.");
  });
});

describe("who goes on without", () => {
  it("has the refused key forgotten, and is not asked again in this tab", async () => {
    const storage = storageOf({ "fx-key": "wrong" });
    const keys = createKeys(storage);
    const server = serverOf("good");
    await twelve(() => keys.through(server.answer));
    keys.decline();
    expect([keys.key.value, keys.wanted.value, storage.kept.has("fx-key")]).toEqual([null, null, false]);
    await twelve(() => keys.through(server.answer));
    expect(server.asked).toEqual(["wrong"]);
    const reloaded = createKeys(storage);
    const [refused] = await twelve(() => reloaded.through(server.answer));
    expect(reloaded.wanted.value).toBeNull();
    expect((refused as PromiseRejectedResult).reason.problem.detail).toBe("Send a key.");
    reloaded.want();
    expect(reloaded.wanted.value).toBe("Send a key.");
    reloaded.keep("good");
    expect([...storage.kept]).toEqual([["fx-key", "good"]]);
  });

  it("and was asked for none keeps being asked when one is wanted", async () => {
    const keys = createKeys(storageOf());
    keys.want();
    keys.decline();
    await keys.through(serverOf().answer).catch(() => undefined);
    expect(keys.wanted.value).toBe("Send a key.");
  });
});

describe("a key", () => {
  it("that no header carries is told as that, and is not sent; one that was kept is not used", async () => {
    const fetching = vi.spyOn(globalThis, "fetch");
    for (const [key, code] of [
      ["schlüssel", "U+00FC"],
      ["two words", "U+0020"],
      ["“quoted”", "U+201C"],
    ] as const)
      expect((await tryKey(key))?.detail).toContain(`(${code})`);
    expect(fetching).not.toHaveBeenCalled();
    expect(createKeys(storageOf({ "fx-key": "schlüssel" })).key.value).toBeNull();
  });
});

describe("reach", () => {
  it("tells a server that does not answer from a request that cannot be made", async () => {
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(reach("http://page/api/store", {})).rejects.toMatchObject({ status: null, problem: { title: "No answer" } });
    const broken = reach("http://page/api/store", { headers: { authorization: "Bearer schlüssel…" } });
    await expect(broken).rejects.toThrow(TypeError);
    const controller = new AbortController();
    controller.abort(new Error("left"));
    await expect(reach("http://page/api/store", { signal: controller.signal })).rejects.not.toBeInstanceOf(AskError);
  });
});
