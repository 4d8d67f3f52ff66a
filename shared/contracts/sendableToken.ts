import { AppError } from "../errors.ts";

/** What a header carries unchanged: printable ASCII. */
const SENDABLE = /[\x21-\x7e]/;
/** What a bearer token may be made of (RFC 6750, 2.1), which is what Hono's check reads. "=" is only for its end. */
const BEARER = /[A-Za-z0-9._~+/-]/;

/**
 * A token for somebody else's server as it is, or a sentence on why nobody could ever send it: a header holds no line break and nothing
 * beyond ASCII that both sides would read alike, and spaces at its ends are lost on the way.
 */
export function requireSendable(name: string, token: string): string {
  return requireNone(
    foreignTo(SENDABLE, token),
    token,
    name,
    "cannot be sent in an Authorization header. Use printable ASCII without spaces",
  );
}

/** A token that servers of this project ask for, likewise. */
export function requireBearer(name: string, token: string): string {
  return requireNone(foreignToBearer(token), token, name, "a bearer token cannot have. Use letters, digits and -._~+/");
}

/** The code of the first character that a bearer token cannot have: "U+00E4". Null: all of them can be sent. */
export function foreignToBearer(token: string): string | null {
  return foreignTo(BEARER, token.replace(/(?<=.)=+$/, ""));
}

function requireNone(code: string | null, token: string, name: string, problem: string): string {
  if (code === null) return token;
  const message = `${name} holds a character (${code}) that ${problem}, for example the output of: openssl rand -hex 32`;
  throw new AppError("invalid_request", message, { status: 422, details: { field: name } });
}

function foreignTo(allowed: RegExp, token: string): string | null {
  const found = [...token].find((character) => !allowed.test(character)) ?? (token === "" ? "" : undefined);
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
