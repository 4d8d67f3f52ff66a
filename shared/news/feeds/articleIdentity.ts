import { sha256Hex } from "../../domain/hash.ts";
import { canonicalUrl, isTrackingParameter } from "./canonicalUrl.ts";
import type { FeedItem } from "./feedItem.ts";

/**
 * What an item is known by: its guid (Atom: id) where the feed gives one, else its address. First 32 hex digits of the SHA-256; null for
 * an item that has neither.
 *
 * A guid that is an address stands for the same article whoever gives it; any other is a name that only its source gives meaning to. Of a
 * fragment, what tells the posts of one page apart counts: live pages have one address and a hundred items.
 */
export function articleIdOf({ guid, link }: Pick<FeedItem, "guid" | "link">, source: string): string | null {
  const name = guid?.trim() ?? "";
  const text = addressIdentity(name) ?? (name === "" ? addressIdentity(link ?? "") : `${source}\n${name}`);
  return text === null ? null : sha256Hex(text).slice(0, 32);
}

function addressIdentity(address: string): string | null {
  const canonical = canonicalUrl(address);
  return canonical === null ? null : canonical + postOf(address);
}

/** "#post-101", and nothing for fragments that say where a reader came from, or that mean a place on the page. */
function postOf(address: string): string {
  const at = address.indexOf("#");
  const fragment = at < 0 ? "" : address.slice(at + 1).trim();
  if (!/\d/.test(fragment) || fragment.startsWith(":~:")) return "";
  const parameters = [...new URLSearchParams(fragment)];
  const is_tracking = fragment.includes("=") && parameters.every(([name, value]) => isTrackingParameter(name, value));
  return is_tracking ? "" : `#${fragment}`;
}
