import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { drainPart } from "../../../functions/local/processes/drainPart.ts";

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

/** A part that answers so, or never. */
async function part(answer: string | null): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (answer !== null) response.end(request.headers.authorization === "Bearer t" ? answer : "no");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/flush`;
}

it.each([
  ["nothing", JSON.stringify({ say: null }), null],
  ["what is left", JSON.stringify({ say: "3 wait" }), "3 wait"],
])("tells %s", async (_name, answer, expected) => {
  expect(await drainPart("journal", { url: await part(answer), token: "t", within_ms: 20_000 })).toBe(expected);
});

it.each([
  ["silent", null, 50],
  ["something else", "<html>", 20_000],
])("stops a part that is %s as it is, and says so", async (_name, answer, within_ms) => {
  expect(await drainPart("journal", { url: await part(answer), token: "t", within_ms })).toMatch(
    /^journal could not be asked to finish what it holds \(/,
  );
});
