import { AppError } from "../errors.ts";

/** What RFC 6750 allows in a bearer token, and the rest of printable ASCII, which clients send as well. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * A token as it is, or a sentence on why nobody could ever send it: a header holds no line break and nothing beyond ASCII that both sides
 * would read alike, and spaces at its ends are lost on the way.
 */
export function requireSendable(name: string, token: string): string {
  if (SENDABLE.test(token)) return token;
  const found = [...token].find((character) => !SENDABLE.test(character)) ?? "";
  const code = `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  throw new AppError(
    "invalid_request",
    `${name} holds a character (${code}) that cannot be sent in an Authorization header. Use printable ASCII without spaces, for example the output of: openssl rand -hex 32`,
    { status: 422, details: { field: name } },
  );
}
