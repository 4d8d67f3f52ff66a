import { type ExpectedCandle, judgeBar } from "../../../shared/bronze/validateCandle.ts";
import { isRefusal, parseCandleRecord } from "../../../shared/contracts/candleFiles.ts";
import { ShapedCandles } from "../../../shared/contracts/shapedCandles.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CandleRefusal } from "../../../shared/domain/rejectReason.ts";
import { parseJsonLine } from "../common/parseJsonLine.ts";

/**
 * Judges the lines of one object, one after another, as validateCandle judges their records (a test holds that the outcomes are the same).
 * A line that is written as the ones before it is read without being parsed as JSON, which is most of the work.
 */
export function createLineJudge(expected: ExpectedCandle, now: Instant): (raw: string) => Bar | CandleRefusal {
  const shaped = new ShapedCandles(expected);
  return (raw) => {
    const plain = shaped.read(raw);
    if (plain !== null) return judgeBar(plain, expected, now);
    const record = parseJsonLine(raw);
    const bar = parseCandleRecord(record, expected);
    if (isRefusal(bar)) return bar;
    shaped.learn(raw, record, bar);
    return judgeBar(bar, expected, now);
  };
}
