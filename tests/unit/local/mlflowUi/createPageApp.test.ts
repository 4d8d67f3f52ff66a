import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPageApp } from "../../../../functions/local/mlflowUi/createPageApp.ts";

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const PAGE = "http://127.0.0.1:5000";
let folder: string;
let worker: Server;
let base_url: string;
let asked: Asked[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fx-page-"));
  mkdirSync(join(folder, "static", "js"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<title>MLflow</title>");
  writeFileSync(join(folder, "static", "js", "main.1234.js"), "run()");
  writeFileSync(join(folder, "..", "beside.txt"), "not for the page");
  worker = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(request.url?.includes("missing") ? 404 : 200, { "content-type": "application/json" }).end('{"from":"worker"}');
  });
  await new Promise<void>((resolve) => worker.listen(0, "127.0.0.1", resolve));
  base_url = `http://127.0.0.1:${(worker.address() as AddressInfo).port}`;
});
afterAll(() => {
  worker.close();
  rmSync(join(folder, "..", "beside.txt"), { force: true });
  rmSync(folder, { recursive: true });
});

async function ask(path: string, init: RequestInit = {}, admin_token: string | null = "secret"): Promise<Response> {
  asked = [];
  return createPageApp(folder, { base_url, admin_token }).request(`${PAGE}${path}`, {
    ...init,
    headers: { host: "127.0.0.1:5000", ...init.headers },
  });
}

describe("MLflow's page", () => {
  it("is the package's own files, the first of them asked for each time and those with a hash in their name kept", async () => {
    const first = await ask("/");
    expect([await first.text(), first.headers.get("cache-control")]).toEqual(["<title>MLflow</title>", "no-cache"]);
    const script = await ask("/static-files/static/js/main.1234.js");
    expect([await script.text(), script.headers.get("content-type"), script.headers.get("x-content-type-options")]).toEqual([
      "run()",
      expect.stringMatching(/^text\/javascript/),
      "nosniff",
    ]);
    expect(script.headers.get("cache-control")).toMatch(/max-age/);
    expect(asked).toEqual([]);
  });

  it.each([
    "/static-files/../beside.txt",
    "/static-files/%2e%2e/beside.txt",
    "/static-files/nothing.js",
    "/runs",
    "/static-files//etc/hosts",
  ])("has nothing at %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each([
    ["POST", "/ajax-api/2.0/mlflow/runs/search", "/ajax-api/2.0/mlflow/runs/search"],
    ["DELETE", "/ajax-api/2.0/mlflow/registered-models/alias", "/ajax-api/2.0/mlflow/registered-models/alias"],
    ["POST", "/graphql", "/mlflow/graphql"],
  ])("hands %s %s on to the Worker, its body too, with this server's own token", async (method, path, there) => {
    const answer = await ask(path, {
      method,
      body: '{"a":1}',
      headers: { origin: PAGE, "sec-fetch-site": "same-origin", "content-type": "application/json", cookie: "c=1" },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { from: "worker" }]);
    expect(asked).toEqual([
      {
        method,
        url: there,
        body: '{"a":1}',
        headers: expect.objectContaining({ authorization: "Bearer secret", "content-type": "application/json", "content-length": "7" }),
      },
    ]);
    for (const name of ["origin", "cookie", "sec-fetch-site"]) expect(asked[0]!.headers).not.toHaveProperty(name);
  });

  it.each([
    ["/get-artifact?path=a%2Fb.png&run_uuid=r", "/mlflow/get-artifact?path=a%2Fb.png&run_uuid=r"],
    ["/model-versions/get-artifact?path=MLmodel&name=m&version=1", "/mlflow/model-versions/get-artifact?path=MLmodel&name=m&version=1"],
    ["/ajax-api/2.0/mlflow/missing", "/ajax-api/2.0/mlflow/missing"],
  ])("asks for %s with its query, and gives the answer's status", async (path, there) => {
    const answer = await ask(path, {}, null);
    expect(answer.status).toBe(path.includes("missing") ? 404 : 200);
    expect(asked.map(({ url }) => url)).toEqual([there]);
    expect(asked[0]!.headers).not.toHaveProperty("authorization");
  });

  it.each<[string, string, RequestInit]>([
    ["a page of another site", "POST", { headers: { origin: "https://elsewhere.example", "content-type": "application/json" } }],
    ["another port of this machine", "POST", { headers: { "sec-fetch-site": "same-site", "content-type": "application/json" } }],
    ["a name that was pointed at this machine", "GET", { headers: { host: "rebound.example:5000" } }],
  ])("does nothing for %s", async (_who, method, init) => {
    const answer = await ask("/ajax-api/2.0/mlflow/experiments/search", { method, ...init });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error_code: "PERMISSION_DENIED" }]);
    expect(asked).toEqual([]);
  });

  it("says that the Worker is away where it is", async () => {
    const app = createPageApp(folder, { base_url: "http://127.0.0.1:9", admin_token: null });
    const answer = await app.request(`${PAGE}/ajax-api/2.0/mlflow/experiments/search`, { headers: { host: "127.0.0.1:5000" } });
    expect([answer.status, await answer.json()]).toMatchObject([503, { message: expect.stringMatching(/does not answer: is npm start/) }]);
  });
});
