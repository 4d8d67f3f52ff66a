import { Hono } from "hono";
import { z } from "zod";
import { GRANULARITY_MS, type Granularity } from "../../shared/domain/granularity.ts";
import { instrumentSchema } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
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
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length === 0)
      throw new AppError("invalid_request", "body: has no line. Send NDJSON, one candle a line.", {
        status: 422,
        details: { field: "body" },
      });
    if (lines.length > MAX_IMPORT_LINES) {
      throw new AppError("invalid_request", `body: has ${lines.length} lines; at most ${MAX_IMPORT_LINES} a call.`, {
        status: 422,
        details: { field: "body" },
      });
    }
    await ports.bars.claimMarket("import");
    const now = ports.clock.now();
    const { object } = await storeBronze(ports, { origin: "import", instrument, granularity, lines, window: { start: 0, end: now } });
    const counts = await writeBars(ports, object, now);
    return context.json({ read: lines.length, inserted: counts.inserted, unchanged: counts.unchanged, rejected: counts.reasons });
  });
}
