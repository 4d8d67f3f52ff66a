import { Hono } from "hono";
import { z } from "zod";
import { isRefusal, parseCandleRecord } from "../../shared/contracts/candleFiles.ts";
import { GRANULARITY_MS, type Granularity } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { type Instrument, instrumentSchema } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import { parseJsonLine } from "../steps/collect/parseJsonLine.ts";
import { storeBronze } from "../steps/collect/storeBronze.ts";
import { writeBars } from "../steps/collect/writeBars.ts";
import type { Ports } from "../steps/ports.ts";
import { check, readText } from "./parseBody.ts";

const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
const MAX_IMPORT_LINES = 5_000;

const querySchema = z.strictObject({
  instrument: instrumentSchema,
  granularity: z.enum(Object.keys(GRANULARITY_MS) as [Granularity, ...Granularity[]]),
});

/** POST /api/import/candles: recorded candles, up to 5,000 NDJSON lines a call, by the same road as collected ones. */
export function importCandlesRoutes(ports: Ports): Hono {
  return new Hono().post("/api/import/candles", async (context) => {
    const { instrument, granularity } = check(querySchema, context.req.query());
    const text = await readText(context.req.raw, MAX_IMPORT_BYTES);
    const lines = requireLines(text);
    await ports.bars.claimMarket("import");
    const now = ports.clock.now();
    const window = { start: firstStart(lines, { instrument, granularity }) ?? now, end: now };
    const { object } = await storeBronze(ports, { origin: "import", instrument, granularity, lines, window });
    const counts = await writeBars(ports, object, now);
    return context.json({ read: lines.length, inserted: counts.inserted, unchanged: counts.unchanged, rejected: counts.reasons });
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
