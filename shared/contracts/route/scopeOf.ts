import type { Scope } from "../keys/apiKey.ts";
import type { Route } from "./defineRoute.ts";

/** Asked by POST, and nothing changed: searches, what clients send in a body because it is long, and what is only tried. */
const READING = /\/(search[\w-]*|get-[\w-]+|graphql|dry_run)$/;
/** Which version /predict asks, and what is removed for good. */
const GRAVE = /^\/api\/(models\/\{name\}\/production|prune)$|\/(registered-models\/alias|model-versions\/transition-stage)$/;

/** What a key must be allowed to ask this. */
export function scopeOf({ family, method, path }: Route): Scope {
  if (family.scope !== undefined) return family.scope;
  if (method === "GET" || READING.test(path)) return "read";
  return GRAVE.test(path) ? "admin" : "write";
}
