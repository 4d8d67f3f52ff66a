import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { proxy } from "hono/proxy";
import { LOOPBACK_NAMES } from "../../../shared/contracts/allowedHosts.ts";
import { guardRequest } from "../../../shared/contracts/guardRequest.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { MLFLOW_ERRORS } from "../../../shared/mlflow/mlflowErrors.ts";
import type { WorkerAddress } from "../client/askWorker.ts";

/** What the page asks at the root of its server; the Worker answers it under MLflow's prefix. */
const AT_ROOT = ["/graphql", "/get-artifact", "/model-versions/get-artifact"];
const NAMES: ReadonlySet<string> = new Set(LOOPBACK_NAMES);
/** Of the page's own origin and browser: the Worker is asked by this server, with the token that it has. */
const NOT_HANDED_ON = ["origin", "referer", "cookie", "host", "authorization", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"];
/** Names of those files have a hash in them. */
const HASHED = "public, max-age=2419200";

/**
 * MLflow's page from `folder`, its questions answered by the Worker at `address`. Whoever may open the page needs no token of the Worker's, so
 * that only this machine's own pages are answered: see guardRequest.
 */
export function createPageApp(folder: string, address: WorkerAddress): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    guardRequest(
      {
        method: context.req.method,
        url: context.req.url,
        headers: { get: (name) => context.req.header(name) ?? null },
      },
      NAMES,
    );
    await next();
    context.header("x-content-type-options", "nosniff");
    context.header("x-frame-options", "SAMEORIGIN");
  });
  app.get("/", kept("no-cache"), serveStatic({ root: folder, path: "index.html" }));
  app.get("/static-files/*", kept(HASHED), serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice("/static-files".length) }));
  for (const path of AT_ROOT) app.all(path, (context) => handOn(context, address, `/mlflow${path}`));
  app.all("/ajax-api/*", (context) => handOn(context, address, context.req.path));
  app.notFound(({ req }) => tell(new AppError("not_found", `There is no ${req.method} ${req.path} here.`, { status: 404 })));
  app.onError((error) => tell(toAppError(error)));
  return app;
}

function kept(cache_control: string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    if (context.res.ok) context.header("cache-control", cache_control);
  };
}

async function handOn({ req }: Context, { base_url, admin_token }: WorkerAddress, path: string): Promise<Response> {
  const headers = new Headers(req.raw.headers);
  for (const name of NOT_HANDED_ON) headers.delete(name);
  if (admin_token !== null) headers.set("authorization", `Bearer ${admin_token}`);
  const { search } = new URL(req.url);
  // Whole, so that its length is said: what the page sends is small.
  const body = req.method === "GET" || req.method === "HEAD" ? null : await req.arrayBuffer();
  try {
    return await proxy(`${base_url}${path}${search}`, { method: req.method, headers, body });
  } catch (error) {
    const message = `The Worker at ${base_url} does not answer: is npm start still running?`;
    throw new AppError("source_unavailable", message, { status: 503, cause: error });
  }
}

function tell(error: AppError): Response {
  const headers = { "content-type": "application/json" };
  return new Response(JSON.stringify(MLFLOW_ERRORS.bodyOf(error)), { status: error.status, headers });
}
