/** Where the reader is: /ui/PAGE/ITEM/PART?QUERY, and / for the first page. */
export interface Place {
  /** Null: no page of the application. */
  readonly page: string | null;
  readonly item: string | null;
  readonly part: string | null;
  readonly query: URLSearchParams;
  readonly path: string;
}

export function placeOf(address: string): Place {
  const { pathname, searchParams } = new URL(address, "http://page");
  const parts = pathname.split("/").slice(1).map(decoded);
  const [root, page, item, part] = parts;
  const is_home = pathname === "/" || pathname === "/ui" || pathname === "/ui/";
  const is_page = root === "ui" && parts.length <= 4;
  return {
    page: is_home ? "now" : is_page ? (page ?? null) : null,
    item: is_page ? item || null : null,
    part: is_page ? part || null : null,
    query: searchParams,
    path: pathname,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
