import { type Context, Hono } from "hono";
import { renderTime } from "../candles/renderCandle.ts";
import type { SandboxContext } from "../sandboxContext.ts";
import { answerCandles, type CandleAnswer, requireFeed } from "./candleAnswer.ts";
import { type Parameters, parseCandleQuery, parseDatetimeFormat } from "./candleQuery.ts";
import { describeInstrument } from "./describeInstrument.ts";
import { answerError, invalidValue } from "./oandaError.ts";
import { injectFaults, limitRate, requestId, requireToken } from "./oandaGuards.ts";

/** The part of OANDA v20 that the platform uses, under /v3. */
export function createOandaRoutes(context: SandboxContext): Hono {
  const app = new Hono();
  app.use("/v3/*", requestId(), requireToken(context), limitRate(context), injectFaults(context));
  const routes: readonly (readonly [string, (c: Context) => Response])[] = [
    ["/v3/instruments/:instrument/candles", (c) => candles(c, context)],
    ["/v3/accounts/:account/instruments/:instrument/candles", (c) => candles(c, context)],
    ["/v3/accounts/:account/candles/latest", (c) => latestCandles(c, context)],
    ["/v3/accounts/:account/instruments", (c) => instruments(c, context)],
  ];
  for (const [path, answer] of routes) {
    app.get(path, (c) => answer(c));
    app.all(path, (c) => c.json({ errorMessage: `${c.req.method} is not allowed here. Use GET.` }, 405, { Allow: "GET" }));
  }
  app.onError((error, c) => answerError(c, error));
  return app;
}

function candles(c: Context, context: SandboxContext): Response {
  const now = context.clock.now();
  const feed = requireFeed(context.market, c.req.param("instrument") ?? "");
  const query = parseCandleQuery((name) => c.req.query(name), now);
  const format = parseDatetimeFormat(c.req.header("Accept-Datetime-Format"));
  return c.json(answerCandles(feed, query, format, context.faults, now));
}

/** The candle in progress and the last finished one, for each `INSTRUMENT:GRANULARITY:PRICE`. */
function latestCandles(c: Context, context: SandboxContext): Response {
  const now = context.clock.now();
  const format = parseDatetimeFormat(c.req.header("Accept-Datetime-Format"));
  const specifications = c.req.query("candleSpecifications");
  if (!specifications) throw invalidValue("candleSpecifications");
  const latestCandles = specifications.split(",").map((specification): CandleAnswer => {
    const [instrument = "", granularity, price, ...rest] = specification.split(":");
    if (granularity === undefined || price === undefined || rest.length > 0) throw invalidValue("candleSpecifications");
    const given: Record<string, string> = { granularity, price, count: "2" };
    const get: Parameters = (name) => given[name] ?? (name === "from" || name === "to" ? undefined : c.req.query(name));
    return answerCandles(requireFeed(context.market, instrument), parseCandleQuery(get, now), format, context.faults, now);
  });
  return c.json({ latestCandles });
}

function instruments(c: Context, context: SandboxContext): Response {
  const asked = c.req.query("instruments")?.split(",");
  const names = asked ?? context.market.instruments;
  const described = names.map((name) => describeInstrument(requireFeed(context.market, name).instrument));
  return c.json({ instruments: described, lastTransactionID: "1", time: renderTime(context.clock.now(), "RFC3339") });
}
