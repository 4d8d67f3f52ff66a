import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { parseBody } from "../../../functions/api/parseBody.ts";
import { OPEN_ROUTES } from "../../../shared/contracts/families.ts";
import { bodyInTime, bodyTimeMs } from "../../../shared/contracts/route/bodyInTime.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import { defineRoute, jsonBody } from "../../../shared/contracts/route/defineRoute.ts";
import { handle, handleRaw } from "../../../shared/contracts/route/mountRoutes.ts";
import { toAppError } from "../../../shared/errors.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const schema = z.object({ a: z.int() });
const route = (path: `/${string}`) =>
  defineRoute({
    family: OPEN_ROUTES,
    method: "POST",
    path,
    summary: "takes",
    body: jsonBody(schema, { max_bytes: 64 }),
    answers: { 200: schema },
  });
const app = createRouteApp({
  mounted: [
    handle(route("/read"), ({ body }) => body),
    handleRaw(route("/raw"), async (context) => context.json(await parseBody(context.req.raw, schema, 64))),
  ],
  allowed_hosts: "any",
  bearers: {},
  translate: toAppError,
});

/** Sends a piece of the body every so often, and never the end of it. */
function dripping(every_ms: number): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval>;
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.enqueue(new TextEncoder().encode(" ")), every_ms);
    },
    cancel: () => clearInterval(timer),
  });
}

describe("a body that does not come", () => {
  it.each([
    ["/read", 1_000_000, {}],
    ["/read", 3_000, {}],
    ["/raw", 1_000_000, {}],
    ["/raw", 3_000, {}],
    ["/raw", 3_000, { "content-length": "40" }],
    ["/read", 3_000, { "content-length": "4000" }],
  ])("is given up in time, and its connection with it: %s, a piece each %i ms, %o", async (path, every_ms, headers) => {
    const answering = app.request(path, { method: "POST", body: dripping(every_ms), duplex: "half", headers } as RequestInit);
    await vi.advanceTimersByTimeAsync(bodyTimeMs(64) - 10);
    expect(await Promise.race([answering, "none yet"])).toBe("none yet");
    await vi.advanceTimersByTimeAsync(20);
    const answer = await answering;
    const said_too_large = "content-length" in headers && headers["content-length"] === "4000";
    expect([answer.status, answer.headers.get("connection")]).toEqual([said_too_large ? 413 : 408, "close"]);
    if (!said_too_large) expect(await answer.text()).toContain("body: did not come whole within 10 s.");
  });

  it("may take longer where it may be longer", () => expect([bodyTimeMs(0), bodyTimeMs(8 * 1024 * 1024)]).toEqual([10_000, 266_000]));
});

it("what is read in time leaves no timer behind, nor does what fails", async () => {
  expect(await bodyInTime(64, Promise.resolve("text"))).toBe("text");
  await expect(bodyInTime(64, Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(vi.getTimerCount()).toBe(0);
});
