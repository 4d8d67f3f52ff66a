import { Hono } from "hono";
import { type AllowedHosts, parseAllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { guardRequests } from "../../shared/contracts/guardRequests.ts";
import type { createClock } from "../../shared/domain/clock.ts";
import { AppError } from "../../shared/errors.ts";
import type { Market } from "./candles/priceFeed.ts";
import { createControlRoutes } from "./http/controlRoutes.ts";
import { FaultQueue } from "./http/faults.ts";
import { answerError } from "./http/oandaError.ts";
import { createOandaRoutes } from "./http/oandaRoutes.ts";
import { NewsEvents } from "./market/newsEvents.ts";
import { createSimulatedMarket } from "./market/simulatedMarket.ts";
import { createNewsRoutes } from "./news/http/newsRoutes.ts";
import { PolitenessWitness } from "./news/http/politenessWitness.ts";
import { Newsroom } from "./news/newsroom.ts";
import { overlayMarket } from "./replay/overlayMarket.ts";

/** OANDA's limit (development guide). */
const REQUESTS_PER_SECOND = 120;

export interface SandboxOptions {
  readonly clock: ReturnType<typeof createClock>;
  readonly seed?: number;
  readonly signal?: number;
  readonly token?: string;
  /** Names that it is asked by: those of the loopback. */
  readonly allowed_hosts?: AllowedHosts;
  /** Recorded candles, which take the place of the simulated ones of the same instruments. */
  readonly recorded?: Market;
  readonly requests_per_second?: number;
  readonly sleep?: (delay_ms: number) => Promise<void>;
}

/** The whole server as a Hono app: `app.request()` in a test, `serve` in main.ts. */
export function createSandbox(options: SandboxOptions): Hono {
  const { clock, seed = 1, signal = 0.2, token = "sandbox", recorded, requests_per_second = REQUESTS_PER_SECOND } = options;
  const events = new NewsEvents(seed);
  const simulated = createSimulatedMarket({ seed, signal, events });
  const context = {
    market: recorded ? overlayMarket(simulated, recorded) : simulated,
    newsroom: new Newsroom(seed, events),
    witness: new PolitenessWitness(),
    clock,
    faults: new FaultQueue(),
    token,
    seed,
    signal,
    replayed: recorded?.instruments ?? [],
    requests_per_second,
    sleep: options.sleep ?? ((delay_ms: number) => new Promise<void>((resolve) => setTimeout(resolve, delay_ms))),
  };
  const app = new Hono();
  app.use(guardRequests(options.allowed_hosts ?? parseAllowedHosts(undefined)));
  app.route("/", createControlRoutes(context));
  app.route("/", createOandaRoutes(context));
  app.route("/", createNewsRoutes(context));
  app.notFound((c) => answerError(c, new AppError("not_found", `There is nothing at ${c.req.path}.`, { status: 404 })));
  app.onError((error, c) => answerError(c, error));
  return app;
}
