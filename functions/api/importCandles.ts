import { isRefusal, parseCandleRecord } from "../../shared/contracts/candleFiles.ts";
import { importCandlesRoute, importedCandlesSchema, MAX_IMPORT_LINES } from "../../shared/contracts/candleImport.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Granularity } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import { parseJsonLine } from "../pipelines/common/parseJsonLine.ts";
import { storeBronze } from "../pipelines/data_collection/storeBronze.ts";
import { writeBars } from "../pipelines/data_collection/writeBars.ts";
import type { Ports } from "../pipelines/ports.ts";

/** Recorded candles, by the same road as collected ones. */
export function importCandlesRoutes(ports: Ports, newId: () => string): MountedRoute {
  return handle(importCandlesRoute, async ({ query, body: text }) => {
    const { instrument, granularity, import_id = newId(), replace, accept_spikes } = query;
    const lines = requireLines(text);
    await ports.bars.claimMarket("import");
    const now = ports.clock.now();
    const window = { start: firstStart(lines, { instrument, granularity }) ?? now, end: now };
    const wishes = { import_id, replaces: replace === "true", accepts_spikes: accept_spikes === "true" };
    const { object } = await storeBronze(ports, { origin: "import", instrument, granularity, lines, window, wishes });
    const { inserted, unchanged, replaced, reasons, first_rejects } = await writeBars(ports, object, now);
    const answer = { read: lines.length, inserted, unchanged, replaced, rejected: { ...reasons }, first_rejects: [...first_rejects] };
    return importedCandlesSchema.parse(answer);
  });
}

function requireLines(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw invalidBody("has no line. Send NDJSON, one candle a line.");
  if (lines.length > MAX_IMPORT_LINES) throw invalidBody(`has ${lines.length} lines; at most ${MAX_IMPORT_LINES} a call.`);
  return lines;
}

function invalidBody(problem: string): AppError {
  return new AppError("invalid_request", `body: ${problem}`, { status: 422, details: { field: "body" } });
}

/** Start of the first line that is a candle: the date that the object is filed under. */
function firstStart(lines: readonly string[], defaults: { instrument: Instrument; granularity: Granularity }): Instant | null {
  for (const line of lines) {
    const bar = parseCandleRecord(parseJsonLine(line), defaults);
    if (!isRefusal(bar)) return bar.start;
  }
  return null;
}
