import { type Context, Hono } from "hono";
import { answerError } from "../../../shared/contracts/route/answerError.ts";
import { OWN_ERRORS } from "../../../shared/contracts/route/ownErrors.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import { marketOnlyBounds, newsActiveShare, optimalAccuracy } from "../../../shared/domain/plantedSignal.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { EPOCH } from "../market/openHours.ts";
import { describeNews } from "../news/describeNews.ts";
import type { SandboxContext } from "../sandboxContext.ts";
import { faultSchema } from "./faults.ts";
import { requireToken } from "./oandaGuards.ts";
import { renderStatusPage, type SandboxStatus } from "./statusPage.ts";

const NOT_JSON = Symbol("not JSON");

/** Health, the description of the market, and the faults, which its token orders: what the sandbox has and OANDA has not. */
export function createControlRoutes(context: SandboxContext): Hono {
  const app = new Hono();
  app.get("/health", (c) => c.json({ status: "ok", time: toIso(context.clock.now()) }));
  app.get("/sandbox", (c) => {
    const status = describeSandbox(context);
    return c.req.header("Accept")?.includes("text/html") ? c.html(renderStatusPage(status)) : c.json(status);
  });
  app.get("/sandbox/faults", (c) => c.json({ faults: context.faults.active() }));
  app.delete("/sandbox/faults", requireToken(context), (c) => {
    context.faults.clear();
    return c.json({ faults: [] });
  });
  app.post("/sandbox/faults", requireToken(context), async (c) => {
    const body: unknown = await c.req.json().catch(() => NOT_JSON);
    if (body === NOT_JSON) return refuse(c, 400, "bad_json", "body", "is not JSON");
    const order = faultSchema.safeParse(body);
    if (order.success) {
      context.faults.add(order.data);
      return c.json({ faults: context.faults.active() }, 201);
    }
    const issue = order.error.issues[0];
    const field = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : issue?.path.join(".") || "body";
    return refuse(c, 422, "invalid_request", field, issue?.message ?? "not a fault");
  });
  for (const [path, allow] of [
    ["/health", "GET"],
    ["/sandbox", "GET"],
    ["/sandbox/faults", "GET, POST, DELETE"],
  ] as const) {
    app.all(path, (c) => c.json({ errorMessage: `${c.req.method} is not allowed here. Use ${allow}.` }, 405, { Allow: allow }));
  }
  return app;
}

function refuse(c: Context, status: 400 | 422, code: ErrorCode, field: string, problem: string): Response {
  const message = `${field}: ${problem}. Send for example {"kind": "server_error", "count": 1}.`;
  return answerError(c, new AppError(code, message, { status, details: { field } }), OWN_ERRORS);
}

function describeSandbox(context: SandboxContext): SandboxStatus {
  const { market, clock, faults, seed, signal, replayed } = context;
  return {
    seed,
    signal,
    optimal_accuracy: optimalAccuracy(signal),
    market_only_accuracy: marketOnlyBounds(signal),
    news_active_share: newsActiveShare(),
    epoch: toIso(EPOCH),
    instruments: market.instruments,
    replayed_instruments: replayed,
    clock: toIso(clock.now()),
    news: describeNews(context),
    faults: faults.active(),
  };
}
