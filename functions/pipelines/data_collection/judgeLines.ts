import { findSpikes, SPIKE_NEIGHBOURS } from "../../../shared/bronze/findSpikes.ts";
import { describeSpacing, findWrongSpacing } from "../../../shared/bronze/findWrongSpacing.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CandleRefusal } from "../../../shared/domain/rejectReason.ts";
import type { BronzeObject, Reject } from "../../../shared/ports/barStore.ts";
import { parseJsonLine } from "../common/parseJsonLine.ts";
import type { Ports } from "../ports.ts";

const MAX_RAW_CHARACTERS = 2_000;

/** A line of bronze, from 1, and what it holds. */
interface JudgedLine {
  readonly line: number;
  readonly raw: string;
  readonly outcome: Bar | CandleRefusal;
}

export interface JudgedLines {
  readonly bars: readonly Bar[];
  /** `lines[i]` is where `bars[i]` came from. */
  readonly lines: readonly number[];
  readonly rejects: readonly Reject[];
}

/** Every line of an object as a bar or a reject: first by itself, then among the others, then among the bars that are stored around them. */
export async function judgeLines(ports: Ports, object: BronzeObject, text: string, now: Instant): Promise<JudgedLines> {
  const judged = judgeEach(object, text, now);
  const spaced = refuseWrongSpacing(object, judged);
  const believed = object.wishes?.accepts_spikes ? spaced : await refuseSpikes(ports, object, spaced);
  const bars = believed.flatMap(({ line, outcome }) => ("reason" in outcome ? [] : [{ line, bar: outcome }]));
  const rejects = believed.flatMap(({ line, raw, outcome }): Reject[] => {
    if (!("reason" in outcome)) return [];
    return [{ object_key: object.key, line, instrument: object.instrument, ...outcome, raw: raw.slice(0, MAX_RAW_CHARACTERS) }];
  });
  return { bars: bars.map(({ bar }) => bar), lines: bars.map(({ line }) => line), rejects };
}

function judgeEach(object: BronzeObject, text: string, now: Instant): readonly JudgedLine[] {
  return text.split("\n").flatMap((raw, index) => {
    if (raw.trim() === "") return [];
    return [{ line: index + 1, raw, outcome: validateCandle(parseJsonLine(raw), object, now) }];
  });
}

function barsOf(judged: readonly JudgedLine[]): readonly Bar[] {
  return judged.flatMap(({ outcome }) => ("reason" in outcome ? [] : [outcome]));
}

/** Rows of another bar length under this label are none of them what they claim, the ones that lie on its grid least of all. */
function refuseWrongSpacing({ granularity }: BronzeObject, judged: readonly JudgedLine[]): readonly JudgedLine[] {
  const spacing = findWrongSpacing(
    barsOf(judged).map((bar) => bar.start),
    granularity,
  );
  if (spacing === null) return judged;
  const detail = `time: the rows are ${describeSpacing(spacing)} of market hours apart, and so no bars of ${granularity}`;
  return judged.map((one) => ("reason" in one.outcome ? one : { ...one, outcome: { reason: "wrong_granularity", detail } }));
}

async function refuseSpikes(ports: Ports, object: BronzeObject, judged: readonly JudgedLine[]): Promise<readonly JudgedLine[]> {
  const bars = barsOf(judged);
  if (bars.length === 0) return judged;
  const refusals = findSpikes(bars, await readAround(ports, object, bars), ports.config.spike_guard).values();
  return judged.map((one) => {
    const refusal = "reason" in one.outcome ? null : refusals.next().value;
    return refusal ? { ...one, outcome: refusal } : one;
  });
}

/** Stored bars before the first and behind the last of an object's. */
async function readAround(ports: Ports, { instrument, granularity }: BronzeObject, bars: readonly Bar[]): Promise<readonly Bar[]> {
  const [first, last] = bars.reduce(([low, high], { start }) => [Math.min(low, start), Math.max(high, start)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as const);
  const before = await ports.bars.readLast(instrument, granularity, first, SPIKE_NEIGHBOURS);
  return [...before, ...(await ports.bars.readFirst(instrument, granularity, last + 1, SPIKE_NEIGHBOURS))];
}
