import { AppError } from "../errors.ts";

/** Names that a server is asked by, without ports and in lower case; "any" where somebody else sees to that. */
export type AllowedHosts = ReadonlySet<string> | "any";

export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

const ENTRY = /^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*)$/;

/** ALLOWED_HOSTS: further names beside those of the loopback, with commas between them, or `*` for every name. */
export function parseAllowedHosts(text: string | undefined): AllowedHosts {
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  if (names.includes("*")) return "any";
  const bad = names.find((name) => !ENTRY.test(name));
  if (bad === undefined) return new Set([...LOOPBACK_NAMES, ...names]);
  throw new AppError(
    "invalid_request",
    `ALLOWED_HOSTS: "${bad.slice(0, 120)}" is not a host's name. Send names such as fx.example.com with commas between them, without http:// and ports, or * for all.`,
    { status: 422, details: { field: "ALLOWED_HOSTS" } },
  );
}

/**
 * Those of a server that can be bound elsewhere than to the loopback: whoever binds it to a network decides by which names it is
 * reached there, and it answers to all unless some are named.
 */
export function allowedHostsOf(text: string | undefined, bound_to: string): AllowedHosts {
  const isNamed = (text ?? "").trim() !== "";
  return isNamed || isLoopback(bound_to) ? parseAllowedHosts(text) : "any";
}

/** `host` as in the header: a name with or without a port. */
export function isAllowedHost(host: string, allowed: AllowedHosts): boolean {
  return allowed === "any" || allowed.has(host.replace(/:\d*$/, "").toLowerCase());
}

/** True of a host as in the header that names this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.includes(host.replace(/:\d*$/, "").toLowerCase());
}

function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127\./.test(address);
}
