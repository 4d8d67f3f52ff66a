import { expect } from "vitest";

/** A host has the page of /docs with what it is made of, and shows nothing else of the folder that it is read from. */
export async function expectDocsPage(base_url: string): Promise<void> {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base_url}${path}`, { headers });
    const text = await response.text();
    const [type, policy] = [response.headers.get("content-type"), response.headers.get("content-security-policy")];
    return { status: response.status, type, policy, etag: response.headers.get("etag"), length: text.length };
  };
  expect(await ask("/docs")).toMatchObject({
    status: 200,
    type: "text/html; charset=utf-8",
    policy: expect.stringMatching(/default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/),
  });
  const script = await ask("/docs/swagger-ui-bundle.js");
  expect(script).toMatchObject({
    status: 200,
    type: "text/javascript; charset=utf-8",
    policy: "default-src 'none'; frame-ancestors 'none'",
  });
  expect(script.length).toBeGreaterThan(1_000_000);
  expect(await ask("/docs/swagger-ui-bundle.js", { "if-none-match": script.etag! })).toMatchObject({ status: 304, length: 0 });
  for (const path of ["/docs/index.html", "/docs/gone.js", "/index.html"]) expect([path, (await ask(path)).status]).toEqual([path, 404]);
}
