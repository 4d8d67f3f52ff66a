import { expect, it, vi } from "vitest";
import { handOnToWhole } from "../../functions/handOnToWhole.ts";

const push = () => new Request("http://localhost:8787/push", { method: "POST", body: "{}" });

it("gives the answer back as it is, and says that there is one", async () => {
  const answered = vi.fn();
  const answer = new Response("done", { status: 207 });
  expect(await handOnToWhole(push(), { fetch: async () => answer }, answered)).toBe(answer);
  expect(answered).toHaveBeenCalledOnce();
});

it("says so, too, where the connection broke: the rows may have been written before", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const answered = vi.fn();
  const fetch = () => Promise.reject(new Error("Network connection lost."));
  const refused = await handOnToWhole(push(), { fetch }, answered);
  expect([refused.status, answered.mock.calls.length]).toEqual([503, 1]);
});
