import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildWorker } from "../../functions/local/serve/buildWorker.ts";
import { OPTIONS_FILE } from "../../functions/local/serve/hostConfig.ts";
import { startWorkerHost } from "../bench/workerHost.ts";
import { createServedStore } from "../support/stack/servedStore.ts";

const ROOT = join(import.meta.dirname, "../..");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fx-worker-build-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A checkout as far as a build looks at it, with an .env as compose.yaml wants one. */
async function checkoutWithSecrets(): Promise<string> {
  const root = join(folder, "checkout");
  await mkdir(join(root, "assets/ui"), { recursive: true });
  const config = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  await writeFile(
    join(root, "wrangler.toml"),
    config.replace(/^main = .*$/m, `main = ${JSON.stringify(join(ROOT, "functions/worker.ts"))}`),
  );
  await writeFile(join(root, "assets/ui/index.html"), "<!doctype html><title>as it was built</title>");
  await writeFile(join(root, ".env"), "ADMIN_TOKEN=secret-of-compose\n");
  return root;
}

it("is carried elsewhere with its pages, and knows no secret of the checkout that it was made in", async () => {
  const root = await checkoutWithSecrets();
  const [build, elsewhere] = [join(root, "build"), join(folder, "elsewhere")];
  const store = { name: "test", folder: join(folder, "store"), market: "sandbox" as const };
  await buildWorker({ root, store, env: process.env, build }, new AbortController().signal);
  await rename(build, elsewhere);
  await rm(root, { recursive: true });
  expect(await readFile(join(elsewhere, OPTIONS_FILE), "utf8")).not.toMatch(/secret-of-compose|ADMIN_TOKEN/);

  const served = await createServedStore("workerd", elsewhere, Date.now());
  try {
    await served.start();
    const page = await fetch(`${served.url}/ui/now`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("as it was built")]);
  } finally {
    await served.remove();
  }
});

it("starts with another entry for a bench, where no page is built", async () => {
  const entry = join(folder, "worker.ts");
  await writeFile(entry, "export default { fetch: (request: Request) => new Response(new URL(request.url).pathname) };");
  const host = await startWorkerHost(entry);
  try {
    expect(await (await host.call("/asked")).text()).toBe("/asked");
  } finally {
    await host.stop();
  }
});
