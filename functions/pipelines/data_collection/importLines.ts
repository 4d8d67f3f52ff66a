import { isRefusal, parseCandleRecord } from "../../../shared/contracts/candleFiles.ts";
import type { ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import type { Granularity } from "../../../shared/domain/granularity.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { ImportWishes } from "../../../shared/ports/barStore.ts";
import { parseJsonLine } from "../common/parseJsonLine.ts";
import type { Ports } from "../ports.ts";
import type { CandleBody } from "./candleBody.ts";
import { judgeLines } from "./judgeLines.ts";
import { describeBronze, putBronze } from "./storeBronze.ts";
import { surroundingsOf, writeJudged } from "./writeBars.ts";

export interface LinesImport {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly wishes: ImportWishes;
  /** SHA-256 of the body that is to be stored before this one; absent: none. */
  readonly follows?: string;
  readonly body: CandleBody;
}

/**
 * Stores recorded candles, by the rules of collected ones. The body is put into the lake as it came and judged meanwhile; its row in the
 * manifest is written with its bars, so that a crash leaves an object that nothing names, or all of it.
 */
export async function importLines(ports: Ports, { body, wishes, follows, ...labels }: LinesImport): Promise<ImportedCandles> {
  await ports.bars.claimMarket("import");
  const now = ports.clock.now();
  const window = { start: firstStart(body.lines, labels) ?? now, end: now };
  const object = await describeBronze(ports, { origin: "import", ...labels, window, wishes }, body.bytes, body.lines.length);
  const put = putBronze(ports, object, body.bytes);
  // Judged before it is waited for: a refusal of the lake is met below.
  put.catch(() => undefined);
  const judged = judgeLines(object, body.lines, now);
  const around = await surroundingsOf(ports, object, judged, follows);
  await put;
  const { inserted, unchanged, replaced, reasons, first_rejects } = await writeJudged(ports, object, judged, around, true);
  return { read: body.lines.length, inserted, unchanged, replaced, rejected: { ...reasons }, first_rejects: [...first_rejects] };
}

/** Start of the first line that is a candle: the date that the object is filed under. */
function firstStart(lines: readonly string[], labels: Pick<LinesImport, "instrument" | "granularity">): Instant | null {
  for (const line of lines) {
    const bar = parseCandleRecord(parseJsonLine(line), labels);
    if (!isRefusal(bar)) return bar.start;
  }
  return null;
}
