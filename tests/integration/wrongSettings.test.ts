import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import worker from "../../functions/worker.ts";
import { problemSchema } from "../../shared/contracts/route/ownErrors.ts";

it("a wrong variable is an answer that names it, and not a broken Worker", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = await worker.fetch(new Request("http://localhost/health"), { ...env, SQLD_URL: "nonsense" } as never, {} as never);
  expect(response.status).toBe(500);
  const { detail, ...said } = problemSchema.parse(await response.json());
  expect(detail).toMatch(/^The variable SQLD_URL of the Worker is wrong: /);
  expect(said).toMatchObject({ code: "internal", status: 500, instance: "/health", request_id: response.headers.get("x-request-id") });
  expect(error).toHaveBeenCalledTimes(1);
  error.mockRestore();
});
