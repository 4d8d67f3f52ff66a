import { importCandlesRoute, importedCandlesSchema, MAX_IMPORT_LINES } from "../../shared/contracts/candleImport.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import { type CandleBody, toCandleBody } from "../pipelines/data_collection/candleBody.ts";
import { importLines } from "../pipelines/data_collection/importLines.ts";
import type { Ports } from "../pipelines/ports.ts";

/** Recorded candles, by the same road as collected ones. */
export function importCandlesRoutes(ports: Ports, newId: () => string): MountedRoute {
  return handle(importCandlesRoute, async ({ query, body: text }) => {
    const { instrument, granularity, import_id = newId(), follows, replace, accept_spikes } = query;
    const body = requireLines(toCandleBody(text));
    const wishes = { import_id, replaces: replace === "true", accepts_spikes: accept_spikes === "true" };
    const answer = await importLines(ports, { instrument, granularity, wishes, ...(follows === undefined ? {} : { follows }), body });
    return importedCandlesSchema.parse(answer);
  });
}

function requireLines(body: CandleBody): CandleBody {
  const { length } = body.lines;
  if (length === 0) throw invalidBody("has no line. Send NDJSON, one candle a line.");
  if (length > MAX_IMPORT_LINES) throw invalidBody(`has ${counted(length, "line")}; at most ${MAX_IMPORT_LINES} a call.`);
  return body;
}

function invalidBody(problem: string): AppError {
  return new AppError("invalid_request", `body: ${problem}`, { status: 422, details: { field: "body" } });
}
