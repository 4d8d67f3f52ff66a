import { sha256Hex } from "../../domain/hash.ts";
import { type Instant, parseInstant } from "../../domain/instant.ts";
import type { ApiKey, Scope } from "./apiKey.ts";

/** Whoever sent a key: its name, and what it may do. */
export interface KeyHolder {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** What a text that was sent as a key is. */
export type Found =
  | { readonly kind: "valid"; readonly holder: KeyHolder }
  | { readonly kind: "expired" | "revoked"; readonly name: string; readonly at: string }
  | { readonly kind: "unknown" };

export interface Keyring {
  /** Keys there are, whether they can be used or not; without the ADMIN_TOKEN. */
  readonly has_keys: boolean;
  readonly has_admin_token: boolean;
  find(sent: string): Found;
}

const ADMIN: KeyHolder = { name: "ADMIN_TOKEN", scopes: ["admin"] };

/** The keys of an installation, and its ADMIN_TOKEN, which may do everything. `now`: what has expired by then opens nothing. */
export function createKeyring(admin_token: string | null, keys: readonly ApiKey[], now: () => Instant): Keyring {
  const admin_hash = admin_token === null ? null : sha256Hex(admin_token);
  return {
    has_keys: keys.length > 0,
    has_admin_token: admin_token !== null,
    find(sent) {
      const hash = sha256Hex(sent);
      // Each is looked at whole, and all of them: how long it takes tells nothing of which is nearly right.
      const is_admin = admin_hash !== null && isEqual(hash, admin_hash);
      const found = keys.filter((key) => isEqual(hash, key.sha256))[0];
      if (is_admin) return { kind: "valid", holder: ADMIN };
      return found ? judge(found, now()) : { kind: "unknown" };
    },
  };
}

function judge({ name, scopes, expires_at, revoked_at }: ApiKey, now: Instant): Found {
  if (revoked_at !== null) return { kind: "revoked", name, at: revoked_at };
  if (expires_at !== null && (parseInstant(expires_at) ?? 0) <= now) return { kind: "expired", name, at: expires_at };
  return { kind: "valid", holder: { name, scopes } };
}

/** Of two texts of one length, in the same time wherever they differ. */
function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
