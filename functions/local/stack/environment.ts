import { requireBearer } from "../../../shared/contracts/sendableToken.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret that goes into a header; null when it is not set. */
export function readToken(env: Environment, name: string, requireToken = requireBearer): string | null {
  const token = env[name];
  return token === undefined || token === "" ? null : requireToken(name, token);
}
