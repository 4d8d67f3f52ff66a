/** What NEWS_FEEDS takes for the id of a source. */
export const SOURCE_ID = /^[a-z][a-z0-9_]{1,63}$/;
export const SOURCE_ID_RULE = "2 to 64 characters of lower case letters, digits and underscores, beginning with a letter";

/** A name in the form of a source's id: "gdelt_Forbes.com" as "gdelt_forbes_com". Null when no letter and no digit is in it. */
export function sourceIdOf(name: string | null | undefined): string | null {
  const id = (name ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64);
  return id === "" ? null : id;
}
