import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkerClient } from "../../../functions/local/client/workerClient.ts";
import { promotionAhead } from "../../../functions/local/stack/bootstrap.ts";
import { createStackTokens } from "../../../functions/local/stack/stackTokens.ts";
import { withoutProxyForLoopback } from "../../../functions/local/stack/withoutProxyForLoopback.ts";
import { AppError } from "../../../shared/errors.ts";

describe("a proxy of the environment", () => {
  it.each([
    [{}, "localhost,127.0.0.1,::1"],
    [{ NO_PROXY: "example.com, 127.0.0.1" }, "example.com,127.0.0.1,localhost,::1"],
    [{ NO_PROXY: "upper", no_proxy: "lower" }, "lower,localhost,127.0.0.1,::1"],
  ])("%j is not asked for this machine", (env, expected) => {
    expect(withoutProxyForLoopback(env)).toEqual({ NO_PROXY: expected, no_proxy: expected });
  });

  describe("in a real process", () => {
    const server = createServer((_request, response) => response.end("direct"));
    beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
    afterAll(() => void server.close());

    it("Node's fetch goes straight to the loopback, also when it is said after the start", async () => {
      const { port } = server.address() as AddressInfo;
      const module = new URL("../../../functions/local/stack/withoutProxyForLoopback.ts", import.meta.url).href;
      const program = `const { withoutProxyForLoopback: own } = await import("${module}"); Object.assign(process.env, own(process.env));
        console.log(await fetch("http://127.0.0.1:${port}/").then((answer) => answer.text(), (error) => error.cause?.message));`;
      const env = { ...process.env, NODE_USE_ENV_PROXY: "1", HTTP_PROXY: "http://127.0.0.1:9", http_proxy: "http://127.0.0.1:9" };
      const args = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program];
      // Not execFileSync: this very process answers.
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      expect(stdout.trim()).toBe("direct");
    });
  });
});

describe("the tokens of a run", () => {
  it("are others in each, and the sidecar's may be chosen", () => {
    const [one, other] = [createStackTokens({}), createStackTokens({ SIDECAR_TOKEN: "chosen" })];
    for (const key of ["sqld", "sqld_public_key", "sidecar", "sandbox"] as const) expect(one[key]).not.toBe(other[key]);
    expect(other.sidecar).toBe("chosen");
    expect(() => createStackTokens({ SIDECAR_TOKEN: "two words" })).toThrow(/SIDECAR_TOKEN holds a character \(U\+0020\)/);
  });
});

describe("a clock that was set before the promotions", () => {
  const PROMOTED = "2025-06-25T12:00:00Z";
  const client = (clock: string, transitions: object[] | null) =>
    ({
      store: async () => ({ clock }),
      models: async () => [{ name: "m", instrument: "USD_SGD", production: null }],
      model: async () => {
        if (transitions === null) throw new AppError("unknown_model", "no model", { status: 404 });
        return { name: "m", versions: [], transitions };
      },
    }) as unknown as WorkerClient;
  const moves = [
    { to_stage: "Staging", effective_at: "2025-06-25T11:00:00Z" },
    { to_stage: "Production", effective_at: PROMOTED },
    { to_stage: "Production", effective_at: "2025-06-26T12:00:00Z" },
  ];

  it("is told by the first promotion after it", async () => {
    expect(await promotionAhead(client("2025-06-24T00:00:00Z", moves))).toEqual({
      now: Date.UTC(2025, 5, 24),
      promoted_at: Date.parse(PROMOTED),
    });
  });

  it("a store whose promotions are past, or that has none, is not one", async () => {
    expect(await promotionAhead(client("2025-06-27T00:00:00Z", moves))).toBeNull();
    expect(await promotionAhead(client("2025-06-24T00:00:00Z", null))).toBeNull();
    expect(await promotionAhead(client("2025-06-24T00:00:00Z", moves.slice(0, 1)))).toBeNull();
  });
});
