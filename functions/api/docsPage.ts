import { DOCS_FILES, type DocsFile, docsFileRoute, docsPageRoute } from "../../shared/contracts/docsPage.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../shared/errors.ts";
import type { PageFile, PageFiles } from "../../shared/ports/pageFiles.ts";
import { PAGE_HEADERS, responseOf } from "./pageFile.ts";

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
    handle(docsPageRoute, async () => responseOf(await read("index.html"), PAGE_HEADERS)),
    handle(docsFileRoute, async ({ params: { file } }) => {
      const media_type = DOCS_FILES[file as DocsFile];
      if (media_type === undefined || !Object.hasOwn(DOCS_FILES, file)) throw notOfThePage(file);
      return responseOf(await read(file), { "content-type": media_type });
    }),
  ];
}

function notOfThePage(file: string): AppError {
  const message = `file: "${file.slice(0, 80)}" is not one of ${Object.keys(DOCS_FILES).join(", ")}.`;
  return new AppError("not_found", message, { status: 404, details: { field: "file" } });
}
