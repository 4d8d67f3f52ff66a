import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { AppError } from "../../../shared/errors.ts";
import { findPortHolder } from "./portHolder.ts";

/** Everything listens here only: nothing of the stack is reachable from another machine. */
export const HOST = "127.0.0.1";

/** A port that one part wants, and how the reader can choose another one. */
export interface WantedPort {
  readonly part: string;
  readonly port: number;
  readonly variable: string;
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Where free ports are looked for: above the well-known ones and below those that systems give to outgoing connections
 * (from 32768 on Linux, 49152 elsewhere), one of which could take the port before it is opened.
 */
const FREE_RANGE = { from: 20_000, to: 32_000 } as const;
const MAX_TRIES = 50;

/** A port that is free now and that nobody is likely to take soon. */
export async function pickFreePort(): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const port = randomInt(FREE_RANGE.from, FREE_RANGE.to);
    if (await isPortFree(port)) return port;
  }
  throw new AppError("port_in_use", `No free port was found between ${FREE_RANGE.from} and ${FREE_RANGE.to} in ${MAX_TRIES} tries.`);
}

/** Fails with port_in_use, naming the port, who holds it and which variable chooses another. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { part, port, variable } of wanted) {
    if (await isFree(port, variable)) continue;
    const holder = findPortHolder(port);
    const by = holder ? ` by process ${holder.pid} (${holder.command})` : "";
    throw new AppError(
      "port_in_use",
      `Port ${port}, wanted for ${part}, is in use${by}. Stop that, or choose another port with ${variable}=PORT.`,
      {
        details: { port, variable },
      },
    );
  }
}

async function isFree(port: number, variable: string): Promise<boolean> {
  try {
    return await isPortFree(port);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError("port_in_use", `Port ${port} cannot be opened (${reason}). Choose another one with ${variable}=PORT.`, {
      cause: error,
    });
  }
}
