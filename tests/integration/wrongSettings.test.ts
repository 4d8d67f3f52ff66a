import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import worker from "../../functions/worker.ts";

it("a wrong variable is an answer that names it, and not a broken Worker", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = await worker.fetch(new Request("http://localhost/health"), { ...env, SQLD_URL: "nonsense" } as never, {} as never);
  expect(response.status).toBe(500);
  const message = expect.stringMatching(/^The variable SQLD_URL of the Worker is wrong: /);
  expect(await response.json()).toEqual({ error: { code: "internal", message, details: {} } });
  expect(error).toHaveBeenCalledTimes(1);
  error.mockRestore();
});
