import { AppError } from "../errors.ts";

/**
 * CORS_ORIGINS: addresses of pages, with commas between them, that may ask this server from a browser. No `*`: a page that may change things
 * is one that somebody named.
 */
export function parseCorsOrigins(text: string | undefined): ReadonlySet<string> {
  const origins = (text ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  const bad = origins.find((origin) => !isOrigin(origin));
  if (bad === undefined) return new Set(origins);
  throw new AppError(
    "invalid_request",
    `CORS_ORIGINS: "${bad.slice(0, 120)}" is not the origin of a page. Send origins such as https://desk.example.com with commas between them, without a path.`,
    { status: 422, details: { field: "CORS_ORIGINS" } },
  );
}

/** Written as a browser sends it: scheme, name in lower case, and a port where it is not the scheme's own. */
function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
