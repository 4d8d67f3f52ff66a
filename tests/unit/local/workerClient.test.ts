import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStackClient, createWorkerClient } from "../../../functions/local/client/workerClient.ts";
import { problemOf } from "../../../shared/contracts/route/ownErrors.ts";
import { AppError } from "../../../shared/errors.ts";

const lost = "The database did not answer: Network connection lost.";
const DOWN = problemOf(new AppError("store_unavailable", lost, { status: 503 }), {});
const UNKNOWN = problemOf(new AppError("unknown_model", "There is no such model.", { status: 404 }), {});
const never = new AbortController().signal;

/** What is answered in this order; the last one again and again. */
let answers: { readonly status: number; readonly body: unknown }[] = [];
let asked = 0;
let server: Server;
let address: { base_url: string; admin_token: null };

beforeEach(async () => {
  asked = 0;
  server = createServer((_request, response) => {
    const { status, body } = answers[Math.min(asked++, answers.length - 1)]!;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = { base_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, admin_token: null };
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe("the client of a stack that this process started", () => {
  it("reads again what a database that is started again could not answer", async () => {
    answers = [
      { status: 503, body: DOWN },
      { status: 503, body: DOWN },
      { status: 200, body: { models: [], total_entries: 0 } },
    ];
    expect([await createStackClient(address, never).models(), asked]).toEqual([[], 3]);
  });

  it("says at once what will not pass", async () => {
    answers = [{ status: 404, body: UNKNOWN }];
    await expect(createStackClient(address, never).model("none")).rejects.toMatchObject({ code: "unknown_model", status: 404 });
    expect(asked).toBe(1);
  });

  it("asks once for what is no reading", async () => {
    answers = [{ status: 503, body: DOWN }];
    await expect(createStackClient(address, never).predict("USD_SGD", null)).rejects.toMatchObject({ code: "store_unavailable" });
    expect(asked).toBe(1);
  });
});

it("a client of any other stack says at once that the database is away", async () => {
  answers = [{ status: 503, body: DOWN }];
  await expect(createWorkerClient(address, never).models()).rejects.toMatchObject({ code: "store_unavailable", status: 503 });
  expect(asked).toBe(1);
});
