import { AppError } from "../../../shared/errors.ts";

/** The name that robots.txt files know this reader by. */
export const ROBOT_NAME = "fx-medallion";
const VERSION = "0.1";
/** Nobody's personal address: whoever runs the system sets NEWS_CONTACT. */
const DEFAULT_CONTACT = "the operator of this fx-medallion installation";

/** The one User-Agent of every request for news: what it is, and whom to write to. */
export function userAgentOf(contact: string | undefined): string {
  const text = contact?.trim() || DEFAULT_CONTACT;
  if (/^[\x20-\x7e]{1,200}$/.test(text) && !/[()\\]/.test(text))
    return `${ROBOT_NAME}/${VERSION} (news reader for FX research; contact: ${text})`;
  throw new AppError(
    "invalid_request",
    `NEWS_CONTACT: "${text.slice(0, 80)}" is not one line of plain text without parentheses, such as an e-mail address.`,
    {
      details: { field: "NEWS_CONTACT" },
    },
  );
}
