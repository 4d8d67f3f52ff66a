import type { Environment } from "./environment.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/**
 * NO_PROXY with the names of this machine, in both spellings: with NODE_USE_ENV_PROXY, Node would send the questions of one part to another
 * to the proxy too, which knows no such part.
 */
export function withoutProxyForLoopback(env: Environment): { readonly NO_PROXY: string; readonly no_proxy: string } {
  const named = (env["no_proxy"] || env["NO_PROXY"] || "").split(/[\s,]+/).filter((name) => name !== "");
  const all = [...new Set([...named, ...LOOPBACK])].join(",");
  return { NO_PROXY: all, no_proxy: all };
}
