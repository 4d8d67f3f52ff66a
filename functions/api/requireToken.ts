import type { MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { AppError } from "../../shared/errors.ts";

/** Asks for the bearer token where one is set. */
export function requireToken(token: string | null): MiddlewareHandler {
  if (token === null) return (_context, next) => next();
  const check = bearerAuth({ token });
  return async (context, next) => {
    try {
      await check(context, next);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError("forbidden", "Send the ADMIN_TOKEN of this installation as a bearer token in the Authorization header.", {
        status: 401,
        cause,
      });
    }
  };
}
