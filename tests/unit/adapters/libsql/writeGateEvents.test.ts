import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HANG_LIMIT_MS } from "../../../support/timeLimits.ts";

const GATE = join(import.meta.dirname, "../../../../functions/adapters/libsql/writeGate.ts");

/** /stray leaves a write under way when it answers, so that the runtime cuts it off with its event; /write waits for its own. */
const WORKER = `import { createWriteGate } from ${JSON.stringify(GATE)};
const gate = createWriteGate();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let left = 0;
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/left") return new Response(String(left));
    const write = gate.pass(() => sleep(pathname === "/stray" ? 100_000 : 5)).finally(() => left++);
    await (pathname === "/stray" ? sleep(50) : write);
    return new Response(pathname);
  },
};`;

let folder: string;
let workerd: Miniflare;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fx-gate-"));
  writeFileSync(join(folder, "worker.js"), WORKER);
  const { outputFiles } = await build({ entryPoints: [join(folder, "worker.js")], bundle: true, write: false, format: "esm" });
  const contents = outputFiles[0]?.text ?? "";
  const modules = [{ type: "ESModule" as const, path: join(folder, "bundle.js"), contents }];
  workerd = new Miniflare(convertV4MiniflareOptions({ modulesRoot: folder, modules, compatibilityDate: "2026-10-01", cf: false }));
  await workerd.ready;
}, HANG_LIMIT_MS);

afterAll(async () => {
  await workerd.dispose();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

it(
  "in the Workers runtime, a write whose event has ended leaves by itself, and those of other events go on one after the other",
  async () => {
    const ask = async (path: string) => (await workerd.dispatchFetch(`http://gate${path}`)).text();
    expect(await Promise.all(Array.from({ length: 10 }, () => ask("/write")))).toHaveLength(10);
    await ask("/stray");
    expect(await Promise.all([ask("/write"), ask("/write")])).toEqual(["/write", "/write"]);
    // The cut off one never came to its end: that is why its turn may not depend on that.
    expect(await ask("/left")).toBe("12");
  },
  HANG_LIMIT_MS,
);
