import type { MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { auth } from "hono/utils/basic-auth";
import { timingSafeEqual } from "hono/utils/buffer";
import { AppError } from "../../errors.ts";

/**
 * Asks for the bearer token; compares hashes, so that the time taken tells nothing about it. `advice` is what a caller without it is told.
 * With `takes_password`, the token is taken as the password of Basic authentication as well, whatever the name.
 */
export function requireToken(token: string, advice: string, takes_password = false): MiddlewareHandler {
  const check = bearerAuth({ token });
  return async function tokenGuard(context, next) {
    const password = takes_password ? auth(context.req.raw)?.password : undefined;
    if (password === undefined || !(await timingSafeEqual(password, token)))
      await check(context, async () => undefined).catch((cause: unknown) => {
        throw new AppError("forbidden", advice, { status: 401, cause });
      });
    await next();
  };
}
