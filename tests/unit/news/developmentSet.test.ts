import { describe, expect, it } from "vitest";
import { readWithLexicon } from "../../../shared/news/lexicon/readWithLexicon.ts";
import {
  FIRST_SIGHT_SENTENCES,
  LABELLED_SENTENCES,
  type Label,
  type LabelledSentence,
  SENTENCE_KINDS,
  UNSEEN_SENTENCES,
} from "./labelled/labelledSentences.ts";

const LABELS: readonly Label[] = ["positive", "neutral", "negative"];

function labelOf(text: string): Label {
  const { probabilities } = readWithLexicon(text);
  return LABELS.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best), "neutral");
}

function scoreOf(sentences: readonly LabelledSentence[], guess: (text: string) => Label) {
  const guessed = sentences.map(({ label, text }) => ({ label, guess: guess(text) }));
  const f1 = LABELS.map((label) => {
    const hits = guessed.filter((one) => one.label === label && one.guess === label).length;
    const named = guessed.filter((one) => one.label === label).length + guessed.filter((one) => one.guess === label).length;
    return named === 0 ? 0 : (2 * hits) / named;
  });
  return {
    accuracy: guessed.filter((one) => one.label === one.guess).length / guessed.length,
    macro_f1: f1.reduce((sum, one) => sum + one, 0) / f1.length,
  };
}

const HALVES = [
  { half: "tuned", sentences: LABELLED_SENTENCES.filter(({ is_held_out }) => !is_held_out) },
  { half: "held out", sentences: LABELLED_SENTENCES.filter(({ is_held_out }) => is_held_out) },
];

describe("the lexicon on the labelled sentences", () => {
  it("has enough of them, of every kind and label in both halves", () => {
    expect(LABELLED_SENTENCES.length).toBeGreaterThanOrEqual(250);
    expect(new Set(LABELLED_SENTENCES.map(({ text }) => text)).size).toBe(LABELLED_SENTENCES.length);
    for (const { sentences } of HALVES)
      expect(new Set(sentences.map(({ kind, label }) => `${kind} ${label}`)).size).toBe(3 * SENTENCE_KINDS.length);
  });

  it.for(HALVES)("reads the $half half far better than the majority class", ({ half, sentences }) => {
    const majority = LABELS.map((label) => scoreOf(sentences, () => label)).reduce((best, one) =>
      one.accuracy > best.accuracy ? one : best,
    );
    const lexicon = scoreOf(sentences, labelOf);
    console.info(
      `${half}: ${sentences.length} sentences, accuracy ${lexicon.accuracy.toFixed(3)}, macro F1 ${lexicon.macro_f1.toFixed(3)}`,
    );
    expect(lexicon.accuracy).toBeGreaterThan(0.85);
    expect(lexicon.macro_f1).toBeGreaterThan(0.85);
    expect(lexicon.accuracy).toBeGreaterThan(majority.accuracy + 0.3);
  });

  it("hardly ever says the opposite on FX headlines, and is right where it is sure", () => {
    const fx = LABELLED_SENTENCES.filter(({ kind, label }) => (kind === "fx" || kind === "fxHeadlines") && label !== "neutral");
    const opposite = fx.filter(({ text, label }) => ![label, "neutral"].includes(labelOf(text)));
    expect(opposite.length / fx.length).toBeLessThan(0.02);
    const sure = LABELLED_SENTENCES.filter(({ text }) => Math.max(...Object.values(readWithLexicon(text).probabilities)) > 0.9);
    expect(sure.length).toBeGreaterThan(10);
    expect(sure.filter(({ text, label }) => labelOf(text) === label).length / sure.length).toBeGreaterThan(0.93);
  });

  it("reads the sentences that were written after the tuning: 0.866 right, macro F1 0.864, when they were first read", () => {
    const { accuracy, macro_f1 } = scoreOf(UNSEEN_SENTENCES, labelOf);
    expect(accuracy).toBeGreaterThan(0.8);
    expect(macro_f1).toBeGreaterThan(0.8);
  });

  it("reads the sentences that were written last and never tuned on: 0.949 right when they were first read", () => {
    const { accuracy } = scoreOf(
      FIRST_SIGHT_SENTENCES.filter(({ kind }) => kind.startsWith("never")),
      labelOf,
    );
    expect(accuracy).toBeGreaterThan(0.9);
  });

  it.for(["filings", "headlines", "tweets", "fx"] as const)("is no worse than 80 %% right on %s", (kind) => {
    const { accuracy } = scoreOf(
      LABELLED_SENTENCES.filter((one) => one.kind === kind),
      labelOf,
    );
    expect(accuracy).toBeGreaterThan(0.8);
  });
});
