import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { AppError } from "../../shared/errors.ts";

/** Bearer authentication. Hashes are compared, so that the time taken tells nothing about the token or its length. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = digest(`Bearer ${token}`);
  return async function checkToken(c, next) {
    if (!timingSafeEqual(digest(c.req.header("Authorization") ?? ""), expected)) {
      throw new AppError("forbidden", "this sidecar asks for a token: send Authorization: Bearer <SIDECAR_TOKEN>", { status: 401 });
    }
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
