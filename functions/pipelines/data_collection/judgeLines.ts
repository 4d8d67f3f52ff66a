import { findSpikes } from "../../../shared/bronze/findSpikes.ts";
import { describeSpacing, findWrongSpacing } from "../../../shared/bronze/findWrongSpacing.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CandleRefusal } from "../../../shared/domain/rejectReason.ts";
import type { BronzeObject, Reject } from "../../../shared/ports/barStore.ts";
import { createLineJudge } from "./lineJudge.ts";

const MAX_RAW_CHARACTERS = 2_000;

/** A line of bronze, from 1, that did not become a bar. */
interface RefusedLine extends CandleRefusal {
  readonly line: number;
  readonly raw: string;
}

/** What the lines of one object are. Whoever judges them further moves lines from the bars to those that are refused. */
export interface JudgedLines {
  readonly bars: readonly Bar[];
  /** `lines[i]` is where `bars[i]` came from, and `raws[i]` its text. */
  readonly lines: readonly number[];
  readonly raws: readonly string[];
  readonly refused: readonly RefusedLine[];
}

/** Every line of an object that is not blank as a bar or a refusal: by itself, and then among the others. */
export function judgeLines(object: BronzeObject, all: readonly string[], now: Instant): JudgedLines {
  const judge = createLineJudge(object, now);
  const [bars, lines, raws, refused] = [[] as Bar[], [] as number[], [] as string[], [] as RefusedLine[]];
  for (let index = 0; index < all.length; index++) {
    const raw = all[index]!;
    if (raw.trim() === "") continue;
    const outcome = judge(raw);
    if ("reason" in outcome) refused.push({ ...outcome, line: index + 1, raw });
    else {
      bars.push(outcome);
      lines.push(index + 1);
      raws.push(raw);
    }
  }
  return refuseWrongSpacing(object, { bars, lines, raws, refused });
}

/** Rows of another bar length under this label are none of them what they claim, the ones that lie on its grid least of all. */
function refuseWrongSpacing({ granularity }: BronzeObject, judged: JudgedLines): JudgedLines {
  const spacing = findWrongSpacing(
    judged.bars.map((bar) => bar.start),
    granularity,
  );
  if (spacing === null) return judged;
  const detail = `time: the rows are ${describeSpacing(spacing)} of market hours apart, and so no bars of ${granularity}`;
  return refuse(judged, () => ({ reason: "wrong_granularity", detail }));
}

/** Judges the bars among those that are `known`: the stored ones around them. */
export function refuseSpikes(judged: JudgedLines, known: readonly Bar[], guard: number): JudgedLines {
  const spikes = findSpikes(judged.bars, known, guard);
  return spikes.every((spike) => spike === null) ? judged : refuse(judged, (i) => spikes[i]!);
}

/** Without the bars for which there is a refusal. */
function refuse({ bars, lines, raws, refused }: JudgedLines, refusalOf: (index: number) => CandleRefusal | null): JudgedLines {
  const refusals = bars.map((_bar, i) => refusalOf(i));
  const kept = <Item>(items: readonly Item[]) => items.filter((_item, i) => refusals[i] === null);
  const added = refusals.flatMap((refusal, i) => (refusal === null ? [] : [{ ...refusal, line: lines[i]!, raw: raws[i]! }]));
  const all = [...refused, ...added].sort((one, other) => one.line - other.line);
  return { bars: kept(bars), lines: kept(lines), raws: kept(raws), refused: all };
}

export function toRejects({ key, instrument }: BronzeObject, { refused }: JudgedLines): readonly Reject[] {
  return refused.map(({ line, reason, detail, raw }) => {
    return { object_key: key, line, instrument, reason, detail, raw: raw.slice(0, MAX_RAW_CHARACTERS) };
  });
}
