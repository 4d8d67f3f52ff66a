import { AppError } from "../../errors.ts";

/** A contact as it may stand in the comment of a User-Agent (RFC 9110, 10.1.5), or an error that says what it may be. */
export function requireNewsContact(text: string): string {
  if (/^[\x20-\x7e]{1,200}$/.test(text) && !/[()\\]/.test(text)) return text;
  throw new AppError(
    "invalid_request",
    `NEWS_CONTACT: "${text.slice(0, 80)}" is not one line of plain text without parentheses, such as an e-mail address.`,
    { status: 422, details: { field: "NEWS_CONTACT" } },
  );
}
