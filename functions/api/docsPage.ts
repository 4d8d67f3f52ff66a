import { DOCS_FILES, type DocsFile, docsFileRoute, docsPageRoute } from "../../shared/contracts/docsPage.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../shared/errors.ts";
import type { PageFile, PageFiles } from "../../shared/ports/pageFiles.ts";

/** Scripts, styles and answers of this server alone; pictures that its styles hold as data. In no frame, and no form of it goes anywhere. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A page to try every route from, of files of our own. */
export function docsRoutes(files: PageFiles): MountedRoute[] {
  const read = async (name: string): Promise<PageFile> => {
    const found = await files.read(`/docs/${name}`);
    if (found) return found;
    throw new AppError("not_found", `file: ${name} is not there. npm run assets puts it where it is served from.`, {
      status: 404,
      details: { field: "file" },
    });
  };
  return [
    handle(docsPageRoute, async () =>
      responseOf(await read("index.html"), { "content-type": "text/html; charset=utf-8", "content-security-policy": PAGE_POLICY }),
    ),
    handle(docsFileRoute, async ({ params: { file } }) => {
      const media_type = DOCS_FILES[file as DocsFile];
      if (media_type === undefined || !Object.hasOwn(DOCS_FILES, file)) throw notOfThePage(file);
      return responseOf(await read(file), { "content-type": media_type });
    }),
  ];
}

/** Asked for again each time, and sent again when it is another. */
function responseOf({ body, etag }: PageFile, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { headers: { ...headers, "cache-control": "no-cache", ...(etag === null ? {} : { etag }) } });
}

function notOfThePage(file: string): AppError {
  const message = `file: "${file.slice(0, 80)}" is not one of ${Object.keys(DOCS_FILES).join(", ")}.`;
  return new AppError("not_found", message, { status: 404, details: { field: "file" } });
}
