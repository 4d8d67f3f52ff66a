import { isGranularity } from "../../../shared/contracts/candleFiles.ts";
import { show } from "../../../shared/contracts/candlePrices.ts";
import { BASE_GRANULARITY, GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import { type Instrument, instrumentSchema } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { CandleLine, LineRefusal } from "./candleLine.ts";
import type { CandleFile } from "./findCandleFiles.ts";

/** What the user said: --instrument and --granularity. */
export interface CandleLabels {
  readonly instrument: Instrument | null;
  readonly granularity: Granularity | null;
}

/** What is looked at of a line, or of several that say the same. */
export type PlacedLine = Pick<CandleLine, "line" | "instrument" | "granularity" | "refusal">;

export interface Place {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** Why the line is sent there only to be counted: those who name it contradict each other. */
  readonly refusal: LineRefusal | null;
}

const GRANULARITIES = Object.keys(GRANULARITY_MS).join(", ");

/**
 * Where a line belongs. The user, the name of the file and its content may each name instrument and granularity; where two of them do not
 * agree one is wrong, and nobody here knows which, so no row of it is stored. Throws when nobody names one.
 */
export function placeLine(file: CandleFile, line: PlacedLine, labels: CandleLabels): Place {
  const pairs = wordsOf("instrument", labels.instrument, file.instrument, line.instrument);
  const lengths = wordsOf("granularity", labels.granularity, file.granularity, line.granularity);
  const instrument = pairs.map(({ word }) => instrumentSchema.safeParse(word)).find((one) => one.success)?.data;
  if (instrument === undefined) throw missing(file, line, "instrument", "a pair such as USD_SGD");
  if (lengths.length === 0) throw missing(file, line, "granularity", `one of ${GRANULARITIES}`);
  return {
    instrument,
    // A length that is not stored has no place: its rows are counted with those of the usual one.
    granularity: lengths.map(({ word }) => word).find(isGranularity) ?? BASE_GRANULARITY,
    refusal: line.refusal ?? contradiction("instrument", pairs) ?? contradiction("granularity", lengths) ?? notStored(lengths),
  };
}

interface Word {
  /** Who says it, for a sentence. */
  readonly who: string;
  readonly word: unknown;
}

function wordsOf(field: string, user: unknown, name: unknown, content: unknown): readonly Word[] {
  return [
    { who: `--${field}`, word: user },
    { who: "the name of the file", word: name },
    { who: "its content", word: content },
  ].filter(({ word }) => word !== null && word !== undefined && word !== "");
}

function contradiction(field: "instrument" | "granularity", words: readonly Word[]): LineRefusal | null {
  const [first, ...others] = words;
  const other = others.find(({ word }) => word !== first?.word);
  if (!first || !other) return null;
  return { reason: `wrong_${field}`, detail: `${field}: ${first.who} says ${wordOf(first)}, ${other.who} ${wordOf(other)}` };
}

function notStored([first]: readonly Word[]): LineRefusal | null {
  if (!first || isGranularity(first.word)) return null;
  return { reason: "wrong_granularity", detail: `granularity: ${first.who} says ${wordOf(first)}; stored are ${GRANULARITIES}` };
}

function wordOf({ word }: Word): string {
  return typeof word === "string" && word.length <= 80 ? word : show(word);
}

function missing(file: CandleFile, line: PlacedLine, field: "instrument" | "granularity", expected: string): AppError {
  const said = line[field];
  const why =
    said === undefined
      ? `nothing says which ${field} it is. Give --${field}, ${expected}, or put it in the name of the file.`
      : `${field} ${show(said)} is not ${expected}`;
  return new AppError("invalid_candle", `${file.path}: line ${line.line}: ${why}`, {
    status: 422,
    details: { file: file.path, line: line.line, field },
  });
}
