import type { Granularity } from "../../../shared/domain/granularity.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { BronzeObject, ImportWishes, MarketOrigin } from "../../../shared/ports/barStore.ts";
import type { Ports } from "../ports.ts";

export interface BronzeAnswer {
  readonly origin: MarketOrigin;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** One candle a line, as it was received. */
  readonly lines: readonly string[];
  readonly window: TimeWindow;
  readonly wishes?: ImportWishes;
}

/**
 * Stores one answer as an immutable, content-addressed NDJSON object with its manifest row. The object is written first:
 * a crash between the two leaves an object that the next try finds in place. The same answer twice is one object.
 */
export async function storeBronze(ports: Ports, answer: BronzeAnswer): Promise<{ object: BronzeObject; is_new: boolean }> {
  const body = `${answer.lines.join("\n")}\n`;
  const sha256 = sha256Hex(body);
  const date = toIso(answer.window.start).slice(0, 10);
  const key = `bronze/candles/${answer.origin}/${answer.instrument}/${date}/${sha256}.ndjson`;
  const is_new = await ports.lake.putOnce(key, body, "application/x-ndjson");
  const object: BronzeObject = {
    key,
    origin: answer.origin,
    instrument: answer.instrument,
    granularity: answer.granularity,
    sha256,
    bytes: new TextEncoder().encode(body).byteLength,
    lines: answer.lines.length,
    window: answer.window,
    ingested_at: ports.clock.now(),
    ...(answer.wishes ? { wishes: answer.wishes } : {}),
  };
  await ports.bars.addBronze(object);
  return { object, is_new };
}
