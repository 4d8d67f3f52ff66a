import type { Context, MiddlewareHandler } from "hono";
import { auth } from "hono/utils/basic-auth";
import { AppError } from "../../errors.ts";
import { isLoopbackHost } from "../allowedHosts.ts";
import { mayDo, type Scope } from "../keys/apiKey.ts";
import type { Found, KeyHolder, Keyring } from "../keys/keyring.ts";

/** Under which a context has the KeyHolder, where somebody was asked for a key. */
export const KEY_HOLDER = "key_holder";
/** Under which a context has what counts a request that sent no key where one is wanted, and refuses one too many (CountKeyless). */
export const COUNT_KEYLESS = "count_keyless";
export type CountKeyless = () => Promise<void>;
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

export interface KeyTerms {
  readonly keyring: Keyring;
  /** What a caller without one is told. */
  readonly advice: string;
  /** The key is taken as the password of Basic authentication as well, whatever the name. */
  readonly takes_password: boolean;
  /** Of all routes that it guards; absent: each says its own (requireScope). */
  readonly scope?: Scope | undefined;
}

/** Asks who it is. What they may do is asked where the route is known. */
export function requireKey({ keyring, advice, takes_password, scope }: KeyTerms): MiddlewareHandler {
  return async function keyGuard(context, next) {
    if (context.req.header("authorization") === undefined) {
      await (context.get(COUNT_KEYLESS) as CountKeyless | undefined)?.();
      throw refused(advice);
    }
    const holder = holderOf(keyring.find(sentKey(context, takes_password) ?? ""), advice);
    if (scope !== undefined) requireMay(holder, scope);
    context.set(KEY_HOLDER, holder);
    await next();
  };
}

/** Refuses (403) a key that may not do this. Where nobody is asked for a key, everything may be done. */
export function requireScope(context: Context, scope: Scope): void {
  const holder = context.get(KEY_HOLDER) as KeyHolder | undefined;
  if (holder) requireMay(holder, scope);
}

/**
 * Where no key is set at all: a machine's own loopback is open, and a server that is asked by another name answers what is asked by GET
 * alone: whoever can reach it could change the rest.
 */
export function refusePublicChanges(): MiddlewareHandler {
  return async function publicGuard({ req }, next) {
    const host = req.header("host") ?? new URL(req.url).host;
    if (!["GET", "HEAD", "OPTIONS"].includes(req.method) && !isLoopbackHost(host)) throw isOpen(host);
    await next();
  };
}

function isOpen(host: string): AppError {
  const message = `No key is set, and this server is asked as ${host.slice(0, 120)}: whoever can reach it is answered GET and /predict alone. Set API_KEYS (fx keys create) or ADMIN_TOKEN.`;
  return new AppError("forbidden", message, { status: 403, details: { field: "API_KEYS" } });
}

/** Longer than any key, and short enough to be hashed for whoever sends it. */
const MAX_KEY_LENGTH = 4_096;

function sentKey(context: Context, takes_password: boolean): string | null {
  if ((context.req.header("authorization")?.length ?? 0) > MAX_KEY_LENGTH) return null;
  const password = takes_password ? auth(context.req.raw)?.password : undefined;
  return password ?? BEARER.exec(context.req.header("authorization") ?? "")?.[1] ?? null;
}

function holderOf(found: Found, advice: string): KeyHolder {
  if (found.kind === "valid") return found.holder;
  const why =
    found.kind === "unknown" ? "" : `The key "${found.name}" ${found.kind === "expired" ? "expired" : "was revoked"} at ${found.at}. `;
  throw refused(`${why}${advice}`);
}

function refused(message: string): AppError {
  return new AppError("forbidden", message, { status: 401 });
}

function requireMay({ name, scopes }: KeyHolder, needed: Scope): void {
  if (mayDo(scopes, needed)) return;
  const message = `The key "${name}" may ${scopes.join(" and ")}; this wants one that may ${needed}.`;
  throw new AppError("forbidden", message, { status: 403, details: { scope: needed } });
}
