/** What a link of the application leads to: its page, how many parts its address has, and what they are parts of where pages differ by it. */
export function kindOfLink(href: string): string {
  const { pathname, searchParams } = new URL(href, "http://localhost");
  const [page = "", ...parts] = pathname.split("/").slice(2);
  // Which feature there is depends on its view, and a runbook is no reading.
  const named = (page === "features" || page === "quality") && parts.length > 1 ? parts[0] : "";
  return [page, parts.length, named, searchParams.get("show") ?? ""].join("/");
}
