import type { Granularity } from "../../../shared/domain/granularity.ts";
import { type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { BronzeObject, ImportWishes, MarketOrigin } from "../../../shared/ports/barStore.ts";
import { sha256Of } from "../common/sha256Of.ts";
import type { Ports } from "../ports.ts";

export interface BronzeFacts {
  readonly origin: MarketOrigin;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly window: TimeWindow;
  readonly wishes?: ImportWishes;
}

export interface BronzeAnswer extends BronzeFacts {
  /** One candle a line, as it was received. */
  readonly lines: readonly string[];
}

/**
 * Stores one answer as an immutable, content-addressed NDJSON object with its manifest row. The object is written first:
 * a crash between the two leaves an object that the next try finds in place. The same answer twice is one object.
 */
export async function storeBronze(ports: Ports, answer: BronzeAnswer): Promise<{ object: BronzeObject; is_new: boolean }> {
  const body = new TextEncoder().encode(`${answer.lines.join("\n")}\n`);
  const object = await describeBronze(ports, answer, body, answer.lines.length);
  const is_new = await putBronze(ports, object, body);
  await ports.bars.addBronze(object);
  return { object, is_new };
}

/** The manifest row of a body of `lines` lines, which nothing has been written of yet. */
export async function describeBronze(
  ports: Ports,
  { origin, instrument, granularity, window, wishes }: BronzeFacts,
  body: Uint8Array<ArrayBuffer>,
  lines: number,
): Promise<BronzeObject> {
  const sha256 = await sha256Of(body);
  const date = toIso(window.start).slice(0, 10);
  const key = `bronze/candles/${origin}/${instrument}/${date}/${sha256}.ndjson`;
  const ingested_at = ports.clock.now();
  const facts = { key, origin, instrument, granularity, sha256, bytes: body.byteLength, lines, window, ingested_at };
  return wishes ? { ...facts, wishes } : facts;
}

/** True when the object is new to the lake. */
export function putBronze(ports: Ports, object: BronzeObject, body: Uint8Array): Promise<boolean> {
  return ports.lake.putOnce(object.key, body, "application/x-ndjson");
}
