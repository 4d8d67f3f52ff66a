import { AppError } from "../../../../shared/errors.ts";
import type { Draws } from "../draws.ts";

/** What the names in braces stand for: one text, or several of which one is drawn each time. */
export type Slots = Readonly<Record<string, string | readonly string[]>>;

const INNERMOST_CHOICE = /\[([^[\]]*)\]/;
const SLOT = /\{(\w+)\}/;

/**
 * Writes a sentence from its pattern: `[a|b|c]` is one of them, `{name}` is the slot. Slots may hold patterns. The first
 * letter of each sentence becomes a capital.
 */
export function spin(pattern: string, slots: Slots, draws: Draws): string {
  let text = choose(pattern, draws);
  for (let slot = SLOT.exec(text); slot; slot = SLOT.exec(text)) {
    const [mark, name = ""] = slot;
    const value = slots[name];
    if (value === undefined) throw new AppError("internal", `The pattern "${pattern}" wants {${name}}, which its subject does not have.`);
    text = text.replace(mark, () => choose(typeof value === "string" ? value : draws.pick(value), draws));
  }
  return capitalised(text);
}

function choose(pattern: string, draws: Draws): string {
  let text = pattern;
  for (let choice = INNERMOST_CHOICE.exec(text); choice; choice = INNERMOST_CHOICE.exec(text)) {
    const [mark, alternatives = ""] = choice;
    text = text.replace(mark, () => draws.pick(alternatives.split("|")));
  }
  return text;
}

function capitalised(text: string): string {
  const closed = text
    .replace(/ {2,}/g, " ")
    .replace(/ ([,.;:])/g, "$1")
    .trim();
  return closed.replace(/(^[“]?|[.!?]”? [“]?)([a-z])/g, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

const SMALL_WORDS = new Set(["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]);

/** A headline as some newsrooms print it: Each Word With a Capital. */
export function titleCase(headline: string): string {
  return headline
    .split(" ")
    .map((word, position) => (position > 0 && SMALL_WORDS.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(" ");
}
