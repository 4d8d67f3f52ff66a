import { expect, it } from "vitest";
import { z } from "zod";
import { parseBody } from "../../../functions/api/parseBody.ts";

const MAX_BYTES = 8;

/** A body of more than that, which comes for as long as somebody reads it. */
function endless(headers: Record<string, string>) {
  const seen = { is_cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(5)),
    cancel: () => {
      seen.is_cancelled = true;
    },
  });
  const request = new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
  return { request, seen };
}

it.each([
  ["says so is refused by that, and left to the server", { "content-length": "1000000" }, false],
  ["does not say so is read to the limit, and its client is told to stop", {}, true],
])("a body that is too large and %s", async (_how, headers, is_cancelled) => {
  const { request, seen } = endless(headers as Record<string, string>);
  await expect(parseBody(request, z.unknown(), MAX_BYTES)).rejects.toMatchObject({ code: "body_too_large", status: 413 });
  expect(seen.is_cancelled).toBe(is_cancelled);
});
