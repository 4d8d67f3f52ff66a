import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { WEB_ROUTES } from "../../shared/contracts/families.ts";
import { answerError } from "../../shared/contracts/route/answerError.ts";
import { byAccept } from "../../shared/contracts/route/byAccept.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import {
  WEB_FILE_TYPES,
  WEB_PAGES,
  webFileRoute,
  webHomeRoute,
  webItemRoute,
  webPageRoute,
  webPartRoute,
} from "../../shared/contracts/webPage.ts";
import { AppError } from "../../shared/errors.ts";
import type { PageFile, PageFiles } from "../../shared/ports/pageFiles.ts";
import { PAGE_HEADERS, responseOf } from "./pageFile.ts";

/** The pages are one document: its script looks at the address. */
const DOCUMENT = "/ui/index.html";
/** A name that a build gives: no path, and nothing hidden. */
const FILE_NAME = /^\w[\w.-]{0,120}\.(\w+)$/;
/** What is at an address of a page: the page, and what programs read in its place. */
const MEDIA_TYPES = ["text/html", "application/json", "application/problem+json"] as const;
const A_YEAR = "public, max-age=31536000, immutable";

const PAGES: ReadonlySet<string> = new Set(WEB_PAGES);

/** The web application: its document at every address of a page, and its files. */
export function webRoutes(files: PageFiles): MountedRoute[] {
  const documentOf = async (page: string, context: Context) => {
    if (!PAGES.has(page))
      return byAccept((await webPageFor(files, context, 404)) ?? answerError(context, noSuchPage(page), WEB_ROUTES.error));
    const found = await files.read(DOCUMENT);
    if (!found) throw notBuilt();
    return pageOf(found, context, 200);
  };
  return [
    handle(webFileRoute, async ({ params: { file } }, context) => {
      const type = WEB_FILE_TYPES[FILE_NAME.exec(file)?.[1] ?? ""];
      const found = type === undefined ? null : await files.read(`/ui/assets/${file}`);
      if (!found || type === undefined) throw noSuchFile(file);
      return packed(responseOf(found, { "content-type": type, "cache-control": A_YEAR }), context);
    }),
    handle(webHomeRoute, (_asked, context) => documentOf("now", context)),
    handle(webPageRoute, ({ params: { page } }, context) => documentOf(page, context)),
    handle(webItemRoute, ({ params: { page } }, context) => documentOf(page, context)),
    handle(webPartRoute, ({ params: { page } }, context) => documentOf(page, context)),
  ];
}

/** The document for somebody who looks at an address with a browser; null for a program, which reads JSON, and where none is built. */
export async function webPageFor(files: PageFiles, context: Context, status: number): Promise<Response | null> {
  if (!wantsPage(context)) return null;
  const found = await files.read(DOCUMENT);
  return found && pageOf(found, context, status);
}

/** A browser's address bar names text/html, before all that programs read; curl and fetch do not, unless somebody means it. */
function wantsPage(context: Context): boolean {
  return accepts(context, { header: "Accept", supports: [...MEDIA_TYPES], default: "application/json" }) === "text/html";
}

function pageOf(file: PageFile, context: Context, status: number): Response {
  return packed(responseOf(file, PAGE_HEADERS, status), context);
}

/**
 * workerd packs a body by what its header says, whether the reader can unpack it or not; what stands in front of it packs one that is
 * not packed yet by itself.
 */
function packed(response: Response, context: Context): Response {
  const { headers } = response;
  headers.append("vary", "Accept-Encoding");
  const coding = accepts(context, { header: "Accept-Encoding", supports: ["gzip", "identity"], default: "identity" });
  if (coding === "identity") return response;
  headers.set("content-encoding", coding);
  // Other bytes than those that the tag is of (RFC 9110, 8.8.1).
  const etag = headers.get("etag");
  if (etag !== null && !etag.startsWith("W/")) headers.set("etag", `W/${etag}`);
  return response;
}

function noSuchPage(page: string): AppError {
  const message = `page: "${page.slice(0, 80)}" is not one of ${WEB_PAGES.join(", ")}.`;
  return new AppError("not_found", message, { status: 404, details: { field: "page" } });
}

function notBuilt(): AppError {
  return new AppError("not_found", "The pages are not built. fx start and fx serve build them; npm run build:web does it alone.", {
    status: 404,
  });
}

function noSuchFile(file: string): AppError {
  const message = `file: "${file.slice(0, 80)}" is none of this build's files. Load the page again.`;
  return new AppError("not_found", message, { status: 404, details: { field: "file" } });
}
