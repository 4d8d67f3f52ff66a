import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { storeRoute } from "../../shared/contracts/store.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";

export function storeRoutes(ports: Ports, known: KnownInstruments): MountedRoute {
  return handle(storeRoute, async () => {
    const [market, coverage, instruments] = await Promise.all([ports.bars.market(), ports.bars.coverage(), known.list()]);
    return {
      market,
      origin: ports.config.market_origin,
      clock: toIso(ports.clock.now()),
      instruments: [...instruments],
      configured_instruments: [...ports.config.instruments],
      coverage: coverage.map(({ first_start, last_start, ...row }) => ({
        ...row,
        first_start: toIso(first_start),
        last_start: toIso(last_start),
      })),
    };
  });
}
