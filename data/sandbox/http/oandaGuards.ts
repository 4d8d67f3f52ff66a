import type { MiddlewareHandler } from "hono";
import type { SandboxContext } from "../sandboxContext.ts";
import { cutInHalf } from "./cutInHalf.ts";
import { createRateLimit } from "./rateLimit.ts";

/** OANDA's header on every answer: a number that names the request. */
export function requestId(): MiddlewareHandler {
  let last = 24_000_000_000_000_000n;
  return async function requestIdHeader(c, next) {
    await next();
    last += 1n;
    c.res.headers.set("RequestID", String(last));
  };
}

export function requireToken(context: SandboxContext): MiddlewareHandler {
  return async function tokenGuard(c, next) {
    if (c.req.header("Authorization") === `Bearer ${context.token}`) return next();
    return c.json({ errorMessage: "Insufficient authorization to perform request." }, 401);
  };
}

export function limitRate(context: SandboxContext): MiddlewareHandler {
  const mayPass = createRateLimit(context.requests_per_second);
  return async function rateGuard(c, next) {
    if (mayPass(context.clock.now())) return next();
    return c.json({ errorMessage: `Rate limit exceeded: ${context.requests_per_second} requests a second are allowed.` }, 429, {
      "Retry-After": "1",
    });
  };
}

/** Lets a fault that was ordered befall the request. */
export function injectFaults(context: SandboxContext): MiddlewareHandler {
  return async function faultGuard(c, next) {
    const instrument = /\/instruments\/([^/]+)\/candles$/.exec(c.req.path)?.[1] ?? null;
    const order = context.faults.take({ instrument }, ["rate_limit", "server_error", "slow", "truncate"])?.order;
    if (!order) return next();
    if (order.kind === "rate_limit") {
      return c.json({ errorMessage: "Rate limit exceeded (ordered fault)." }, 429, { "Retry-After": String(order.retry_after_s) });
    }
    if (order.kind === "server_error") return c.json({ errorMessage: "Internal server error (ordered fault)." }, 500);
    if (order.kind === "slow") await context.sleep(order.delay_ms);
    await next();
    if (order.kind === "truncate") await cutInHalf(c);
    return undefined;
  };
}
