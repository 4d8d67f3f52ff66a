import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { Environment } from "./environment.ts";
import { readToken } from "./environment.ts";

/**
 * What the parts of one run ask each other for, made anew for each: whatever listens on the loopback can be asked by every page that is
 * open in a browser of this machine, and by its other users.
 */
export interface StackTokens {
  /** Bearer token of libSQL: a JWT that may read and write. */
  readonly sqld: string;
  /** The public key that sqld checks it with, as it wants it in SQLD_AUTH_JWT_KEY: the 32 bytes of Ed25519 in URL-safe base64. */
  readonly sqld_public_key: string;
  readonly sidecar: string;
  readonly journal: string;
  readonly sandbox: string;
  /** What fx asks the Worker with: the user's ADMIN_TOKEN, or one of this run where there are keys. Null: nobody is asked. */
  readonly admin: string | null;
}

/** `has_keys`: then fx needs one, too. */
export function createStackTokens(env: Environment, has_keys = false): StackTokens {
  const admin = readToken(env, "ADMIN_TOKEN") ?? (has_keys ? randomUUID() : null);
  const sidecar = readToken(env, "SIDECAR_TOKEN") ?? randomUUID();
  return { ...createSqldToken(), sidecar, journal: randomUUID(), sandbox: randomUUID(), admin };
}

/** It has no end: the private key is forgotten at once, and sqld's public one is another in the next run. */
function createSqldToken(): Pick<StackTokens, "sqld" | "sqld_public_key"> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const signed = `${toPart({ alg: "EdDSA", typ: "JWT" })}.${toPart({ a: "rw" })}`;
  const { x } = publicKey.export({ format: "jwk" });
  return { sqld: `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`, sqld_public_key: x! };
}

function toPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
