import { FILINGS } from "./filings.ts";
import { FX } from "./fx.ts";
import { HEADLINES } from "./headlines.ts";
import { TWEETS } from "./tweets.ts";
import { UNSEEN } from "./unseen.ts";

export type Label = "positive" | "neutral" | "negative";

export interface LabelledSentence {
  readonly kind: "filings" | "headlines" | "tweets" | "fx" | "unseen";
  readonly label: Label;
  readonly text: string;
  /** Half of each file: never looked at while the lexicon was tuned. */
  readonly is_held_out: boolean;
}

const LABELS: Readonly<Record<string, Label>> = { "+": "positive", "=": "neutral", "-": "negative" };

/**
 * The development set. All of it was written before the lexicon's first run. Held out are the
 * second four of every eight lines of a file (labels alternate in places, so single lines would not do); adding lines at an end moves none.
 */
export const LABELLED_SENTENCES: readonly LabelledSentence[] = [
  ...parse("filings", FILINGS),
  ...parse("headlines", HEADLINES),
  ...parse("tweets", TWEETS),
  ...parse("fx", FX),
];

/** Read only once, after the tuning. */
export const UNSEEN_SENTENCES: readonly LabelledSentence[] = parse("unseen", UNSEEN);

function parse(kind: LabelledSentence["kind"], lines: string): LabelledSentence[] {
  return lines
    .trim()
    .split("\n")
    .map((line, place) => ({ kind, label: LABELS[line[0]!]!, text: line.slice(2), is_held_out: place % 8 >= 4 }));
}
