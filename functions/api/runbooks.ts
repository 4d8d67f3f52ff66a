import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { readRunbook } from "../../shared/contracts/runbooks.ts";
import { AppError } from "../../shared/errors.ts";
import type { PageFiles } from "../../shared/ports/pageFiles.ts";
import { responseOf } from "./pageFile.ts";

/** As alerts are named: no other path of the files is asked for. */
const ALERT_NAME = /^[A-Z][A-Za-z]{1,60}$/;

/** GET /api/runbooks/{alert}, of the files that dashboards/runbooks holds. */
export function runbookRoutes(files: PageFiles): MountedRoute {
  return handle(readRunbook, async ({ params: { alert } }) => {
    const found = ALERT_NAME.test(alert) ? await files.read(`/runbooks/${alert}.md`) : null;
    if (found) return responseOf(found, { "content-type": "text/markdown; charset=utf-8" });
    const message = `alert: there is no runbook of "${alert.slice(0, 80)}". Its name is that of an alert, such as BarsStale (dashboards/runbooks); npm run assets puts them where they are served from.`;
    throw new AppError("not_found", message, { status: 404, details: { field: "alert" } });
  });
}
