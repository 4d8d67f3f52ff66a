import { AppError } from "../../errors.ts";

/** What an installation may do without: `docs` for people who write clients, `openapi` that it is made of, `metrics` for who watches, `ui` to look at. */
export const CLOSABLE = ["docs", "openapi", "metrics", "ui"] as const;
export type Closable = (typeof CLOSABLE)[number];

/** CLOSED_PAGES: such names with commas between them; none where it is not set. */
export function parseClosedPages(text: string | undefined): ReadonlySet<Closable> {
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const closed = names.map((name) => CLOSABLE.find((one) => one === name));
  const bad = names[closed.indexOf(undefined)];
  if (bad === undefined) return new Set(closed as readonly Closable[]);
  throw new AppError(
    "invalid_request",
    `CLOSED_PAGES: "${bad.slice(0, 120)}" cannot be closed. Send some of ${CLOSABLE.join(", ")} with commas between them.`,
    { status: 422, details: { field: "CLOSED_PAGES" } },
  );
}
