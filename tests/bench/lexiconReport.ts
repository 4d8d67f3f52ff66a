import { currencyDirectionsOf } from "../../shared/news/currencyDirection.ts";
import { mentionsOf } from "../../shared/news/entities.ts";
import { type LexiconReading, readWithLexicon } from "../../shared/news/lexicon/readWithLexicon.ts";
import { policyViewsOf } from "../../shared/news/policyStance.ts";
import { readableText } from "../../shared/news/readableText.ts";
import {
  FIRST_SIGHT_SENTENCES,
  FIRST_SIGHTS,
  LABELLED_SENTENCES,
  type Label,
  type LabelledSentence,
  SECOND_LOOK_SENTENCES,
  SECOND_LOOKS,
  SENTENCE_KINDS,
  UNSEEN_SENTENCES,
} from "../unit/news/labelled/labelledSentences.ts";

/**
 * `npm run lexicon:report`: how often the lexicon is right on the labelled sentences, by kind and half; how often it says the opposite; and
 * whether its probabilities are what they say. `-- --errors fxHeadlines` prints the tuned half's errors of a kind, `--all-errors` the
 * held-out half's too.
 */

const LABELS: readonly Label[] = ["neutral", "positive", "negative"];
const BINS = [0.33, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01];

interface Read extends LabelledSentence {
  readonly guess: Label;
  readonly p: number;
  readonly reading: LexiconReading;
}

function read(sentence: LabelledSentence): Read {
  const reading = readWithLexicon(sentence.text);
  const { probabilities } = reading;
  const guess = LABELS.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best), "neutral");
  return { ...sentence, guess, p: probabilities[guess], reading };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

function row(name: string, sentences: readonly Read[]): void {
  const right = sentences.filter(({ label, guess }) => label === guess).length;
  const polar = sentences.filter(({ label }) => label !== "neutral");
  const flips = polar.filter(({ label, guess }) => guess !== "neutral" && guess !== label).length;
  const false_polar = sentences.filter(({ label, guess }) => label === "neutral" && guess !== "neutral").length;
  const missed = polar.filter(({ guess }) => guess === "neutral").length;
  const cells = [sentences.length, percent(right, sentences.length), `${flips} (${percent(flips, polar.length)})`, false_polar, missed];
  console.log(`| ${name.padEnd(24)} | ${cells.map((cell) => String(cell).padStart(11)).join(" | ")} |`);
}

function calibration(sentences: readonly Read[]): void {
  console.log("\n| stated probability | sentences | mean stated | right |\n|---|---|---|---|");
  for (const [index, low] of BINS.slice(0, -1).entries()) {
    const within = sentences.filter(({ p }) => p >= low && p < BINS[index + 1]!);
    const mean = within.reduce((sum, { p }) => sum + p, 0) / within.length;
    const right = within.filter(({ label, guess }) => label === guess).length;
    console.log(`| ${low} and more | ${within.length} | ${mean.toFixed(3)} | ${percent(right, within.length)} |`);
  }
}

function errors(sentences: readonly Read[]): void {
  for (const { label, guess, text, p, reading } of sentences)
    if (label !== guess)
      console.log(
        `${label} read ${guess} ${p.toFixed(2)}: ${text}\n     ${reading.hits.map(({ text: hit, value }) => `[${hit} ${value.toFixed(2)}]`).join(" ")}`,
      );
}

/** Direction of the currency named first, or of a pair's base, as the label has it: of the base and, the other way round, of the quote. */
function direction(text: string): number | null {
  const readable = readableText(text, "");
  const mentions = mentionsOf(readable);
  const directions = currencyDirectionsOf(readable, mentions, policyViewsOf(readable, mentions));
  for (const { entity } of mentions) {
    if (entity.kind === "currency") return directions.get(entity.currency) ?? 0;
    if (entity.kind === "pair") return ((directions.get(entity.base) ?? 0) - (directions.get(entity.quote) ?? 0)) / 2;
  }
  return null;
}

/** Smaller directions say nothing. */
const FLAT = 0.25;

function directions(name: string, sentences: readonly Read[], has_errors: boolean): void {
  const count = { right: 0, none: 0, opposite: 0, flat: 0, moved: 0 };
  for (const { text, label } of sentences) {
    const value = direction(text);
    if (value === null) continue;
    const way = Math.abs(value) < FLAT ? 0 : Math.sign(value);
    const wanted = label === "positive" ? 1 : label === "negative" ? -1 : 0;
    const kind = wanted === 0 ? (way === 0 ? "flat" : "moved") : way === wanted ? "right" : way === 0 ? "none" : "opposite";
    count[kind]++;
    if (has_errors && kind !== "right" && kind !== "flat") console.log(`${label} direction ${value.toFixed(2)}: ${text}`);
  }
  const polar = count.right + count.none + count.opposite;
  const cells = [
    percent(count.right, polar),
    percent(count.none, polar),
    percent(count.opposite, polar),
    percent(count.flat, count.flat + count.moved),
  ];
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}

const all = [...LABELLED_SENTENCES, ...UNSEEN_SENTENCES, ...SECOND_LOOK_SENTENCES, ...FIRST_SIGHT_SENTENCES].map(read);
const wanted = process.argv[process.argv.indexOf("--errors") + 1];
if (process.argv.includes("--errors"))
  errors(all.filter(({ kind, is_held_out }) => kind === wanted && (!is_held_out || process.argv.includes("--all-errors"))));
console.log(
  "| kind | sentences | right | opposite (of polar) | neutral read as polar | polar read as neutral |\n|---|---|---|---|---|---|",
);
for (const kind of SENTENCE_KINDS) {
  row(
    `${kind}, tuned`,
    all.filter((one) => one.kind === kind && !one.is_held_out),
  );
  row(
    `${kind}, held out`,
    all.filter((one) => one.kind === kind && one.is_held_out),
  );
}
for (const kind of [...SECOND_LOOKS, "unseen", ...FIRST_SIGHTS] as const)
  row(
    kind,
    all.filter((one) => one.kind === kind),
  );
calibration(all);

console.log("\n| direction of the first currency | right (of polar) | none | opposite | neutral read as none |\n|---|---|---|---|---|");
for (const kind of ["fx", "fxHeadlines", "secondFx", "thirdFx", "firstFx", "neverFx"] as const) {
  directions(
    `${kind}, tuned`,
    all.filter((one) => one.kind === kind && !one.is_held_out),
    process.argv.includes("--directions"),
  );
  directions(
    `${kind}, held out`,
    all.filter((one) => one.kind === kind && one.is_held_out),
    false,
  );
}
