import { Hono } from "hono";
import { requireToken } from "./requireToken.ts";

export interface DrainRouteOptions {
  /** Known to the host alone. */
  readonly token: string;
  /** Refuses what comes from now on; returns how many predictions are still on their way when the wait is over. */
  close(): Promise<number>;
}

/** POST /drain: the host's word that it will end this Worker. `say` is for the person in front of it. */
export function drainRoutes({ token, close }: DrainRouteOptions): Hono {
  return new Hono().post("/drain", requireToken(token), async (context) => {
    const left = await close();
    return context.json({ say: left === 0 ? null : `${left} predictions did not reach the journal in time.` });
  });
}
