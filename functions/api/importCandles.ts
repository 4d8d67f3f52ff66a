import { Hono } from "hono";
import { z } from "zod";
import { isRefusal, parseCandleRecord } from "../../shared/contracts/candleFiles.ts";
import { importedCandlesSchema } from "../../shared/contracts/candleImport.ts";
import { GRANULARITY_MS, type Granularity } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { type Instrument, instrumentSchema } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import { parseJsonLine } from "../pipelines/common/parseJsonLine.ts";
import { storeBronze } from "../pipelines/data_collection/storeBronze.ts";
import { writeBars } from "../pipelines/data_collection/writeBars.ts";
import type { Ports } from "../pipelines/ports.ts";
import { check, readText } from "./parseBody.ts";

const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
const MAX_IMPORT_LINES = 5_000;

const yesNoSchema = z.enum(["true", "false"]).default("false");
const querySchema = z.strictObject({
  instrument: instrumentSchema,
  granularity: z.enum(Object.keys(GRANULARITY_MS) as [Granularity, ...Granularity[]]),
  /** Of all calls of one import; absent: this call is one. */
  import_id: z.string().min(1).max(100).optional(),
  replace: yesNoSchema,
  accept_spikes: yesNoSchema,
});

/** POST /api/import/candles: recorded candles, up to 5,000 NDJSON lines a call, by the same road as collected ones. */
export function importCandlesRoutes(ports: Ports, newId: () => string): Hono {
  return new Hono().post("/api/import/candles", async (context) => {
    const { instrument, granularity, import_id = newId(), replace, accept_spikes } = check(querySchema, context.req.query());
    const text = await readText(context.req.raw, MAX_IMPORT_BYTES);
    const lines = requireLines(text);
    await ports.bars.claimMarket("import");
    const now = ports.clock.now();
    const window = { start: firstStart(lines, { instrument, granularity }) ?? now, end: now };
    const wishes = { import_id, replaces: replace === "true", accepts_spikes: accept_spikes === "true" };
    const { object } = await storeBronze(ports, { origin: "import", instrument, granularity, lines, window, wishes });
    const { inserted, unchanged, replaced, reasons, first_rejects } = await writeBars(ports, object, now);
    const answer = { read: lines.length, inserted, unchanged, replaced, rejected: { ...reasons }, first_rejects: [...first_rejects] };
    return context.json(importedCandlesSchema.parse(answer));
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
