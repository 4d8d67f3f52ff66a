import { phrasesOf } from "../text/expandPhrase.ts";
import type { ClauseRole, Effect, Entry, MoveReach } from "./effect.ts";
import { adjectiveForms, nounForms, verbForms } from "./inflect.ts";

type Family = (list: string, effect: Effect) => Entry[];

/** Phrases as they stand. */
export const words: Family = (list, effect) => phrasesOf(list).map((phrase) => [phrase, effect]);
/** Phrases that begin with a verb, in all its forms. */
export const verbs: Family = (list, effect) => phrasesOf(list).flatMap((phrase) => verbForms(phrase).map((form): Entry => [form, effect]));
/** Phrases that end with a noun, in both numbers. */
export const nouns: Family = (list, effect) => phrasesOf(list).flatMap((phrase) => nounForms(phrase).map((form): Entry => [form, effect]));
/** Adjectives with comparative, superlative and adverb. */
export const adjectives: Family = (list, effect) =>
  phrasesOf(list).flatMap((word) => adjectiveForms(word).map((form): Entry => [form, effect]));

export const polar = (value: number): Effect => ({ kind: "polar", value, only: null });
export const fxPolar = (value: number): Effect => ({ kind: "polar", value, only: "currency" });
export const tickerPolar = (value: number): Effect => ({ kind: "polar", value, only: "ticker" });
export const up = (strength: number, reach: MoveReach): Effect => ({ kind: "move", direction: 1, strength, reach });
export const down = (strength: number, reach: MoveReach): Effect => ({ kind: "move", direction: -1, strength, reach });
/** Tokens between a noun and the move that is its own. */
const REACH = 16;
const EVENT_REACH = 2;
export const metric = (polarity: number, alone = 0, subject: string | null = null): Effect => ({
  kind: "metric",
  polarity,
  alone,
  subject,
  reach: REACH,
});
/** A bad thing that happens, and may ease, deepen or spread. */
export const event = (alone: number): Effect => ({ kind: "metric", polarity: -1, alone, subject: null, reach: EVENT_REACH });
export const level = (direction: 1 | -1): Effect => ({ kind: "level", direction });
export const scale = (factor: number): Effect => ({ kind: "scale", factor });
export const modal = (factor: number): Effect => ({ kind: "modal", factor });
export const negator = (alone: number): Effect => ({ kind: "negator", alone });
export const averter = (alone: number): Effect => ({ kind: "averter", alone });
export const clause = (role: ClauseRole, alone = 0): Effect => ({ kind: "clause", role, alone });
export const neutral = (weight: number): Effect => ({ kind: "neutral", weight });
export const COMPARED: Effect = { kind: "compared" };
