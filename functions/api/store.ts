import { Hono } from "hono";
import { toIso } from "../../shared/domain/instant.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";

/** GET /api/store: what this store holds, and what time it thinks it is. */
export function storeRoutes(ports: Ports, known: KnownInstruments): Hono {
  return new Hono().get("/api/store", async (context) => {
    const [market, coverage, instruments] = await Promise.all([ports.bars.market(), ports.bars.coverage(), known.list()]);
    return context.json({
      market,
      origin: ports.config.market_origin,
      clock: toIso(ports.clock.now()),
      instruments,
      configured_instruments: ports.config.instruments,
      coverage: coverage.map(({ first_start, last_start, ...row }) => ({
        ...row,
        first_start: toIso(first_start),
        last_start: toIso(last_start),
      })),
    });
  });
}
