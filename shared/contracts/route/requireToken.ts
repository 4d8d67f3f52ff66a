import type { MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { AppError } from "../../errors.ts";

/** Asks for the bearer token; compares hashes, so that the time taken tells nothing about it. `advice` is what a caller without it is told. */
export function requireToken(token: string, advice: string): MiddlewareHandler {
  const check = bearerAuth({ token });
  return async function tokenGuard(context, next) {
    await check(context, async () => undefined).catch((cause: unknown) => {
      throw new AppError("forbidden", advice, { status: 401, cause });
    });
    await next();
  };
}
