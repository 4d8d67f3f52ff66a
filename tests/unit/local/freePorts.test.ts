import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePorts } from "../../../functions/local/processes/freePorts.ts";
import { pickFreePort } from "../../../functions/local/processes/ports.ts";

describe("freePorts", () => {
  let server: Server;
  let taken: number;
  beforeEach(async () => {
    taken = await pickFreePort();
    server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, "127.0.0.1", resolve));
  });
  afterEach(() => server.close());

  it("replaces what is taken, and leaves what is free or was asked for", async () => {
    const [worker, sidecar, sandbox] = [await pickFreePort(), await pickFreePort(), await pickFreePort()];
    const wanted = { worker, sqld: taken, sidecar, sandbox };
    const chosen = await freePorts(wanted);
    expect(chosen).toEqual({ ...wanted, sqld: chosen.sqld });
    expect(chosen.sqld).not.toBe(taken);
    expect(await freePorts(wanted, (name) => name === "sqld")).toEqual(wanted);
  });
});
