import { requireNewsContact } from "../../../shared/news/feeds/newsContact.ts";

/** The name that robots.txt files know this reader by. */
export const ROBOT_NAME = "fx-medallion";
const VERSION = "0.1";
/** Nobody's personal address: whoever runs the system sets NEWS_CONTACT. */
const DEFAULT_CONTACT = "the operator of this fx-medallion installation";

/** The one User-Agent of every request for news: what it is, and whom to write to. */
export function userAgentOf(contact: string | undefined): string {
  const text = requireNewsContact(contact?.trim() || DEFAULT_CONTACT);
  return `${ROBOT_NAME}/${VERSION} (news reader for FX research; contact: ${text})`;
}
