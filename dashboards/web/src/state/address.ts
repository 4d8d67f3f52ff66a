import { computed, signal } from "@preact/signals";
import { type Place, placeOf } from "./place.ts";

const location_ = signal(location.pathname + location.search);

export const place = computed<Place>(() => placeOf(location_.value));

/** Shows another place, as a link does. */
export function go(href: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const url = new URL(href, location.href);
  const address = url.pathname + url.search;
  if (address === location_.peek()) return;
  history[replace ? "replaceState" : "pushState"](null, "", url);
  const is_same_page = url.pathname === placeOf(location_.peek()).path;
  location_.value = address;
  if (!replace && !is_same_page) scrollTo(0, 0);
}

/** Puts values into the query of the address, and takes those out that are null. */
export function setQuery(values: Readonly<Record<string, string | null>>, options?: { readonly replace?: boolean }): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  go(url.pathname + url.search, options);
}

/** What stands in every address: what a reader chose once holds on the next page. */
const KEPT = ["tz", "instrument"];

/** The address of a page, with what the reader has chosen; null in `query` leaves a choice out. */
export function hrefOf(
  page: string,
  parts: readonly string[] = [],
  query: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  const kept = KEPT.flatMap((name) => {
    const value = place.value.query.get(name);
    return value === null || query[name] === null ? [] : [[name, value] as const];
  });
  const own = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)] as const],
  );
  const search = new URLSearchParams(Object.fromEntries([...kept, ...own])).toString();
  const path = page === "now" && parts.length === 0 ? "/" : `/ui/${[page, ...parts].map(encodeURIComponent).join("/")}`;
  return search === "" ? path : `${path}?${search}`;
}

/** Plain clicks on links of the application change the page without loading it anew; all others are the browser's. */
export function followLinks(): void {
  addEventListener("popstate", () => {
    location_.value = location.pathname + location.search;
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.("a");
    if (link?.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname !== "/" && link.pathname !== "/ui" && !link.pathname.startsWith("/ui/")) return;
    if (link.hash !== "" && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    go(link.href);
  });
}
