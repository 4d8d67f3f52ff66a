import { detectAll } from "tinyld";

/** Scripts that one language of the news writes, or nearly so; tinyld is unsure about short texts in them. */
const SCRIPTS: readonly (readonly [language: string, letter: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["th", /\p{Script=Thai}/gu],
  ["te", /\p{Script=Telugu}/gu],
  ["gu", /\p{Script=Gujarati}/gu],
  ["ta", /\p{Script=Tamil}/gu],
  ["bn", /\p{Script=Bengali}/gu],
  ["pa", /\p{Script=Gurmukhi}/gu],
  ["kn", /\p{Script=Kannada}/gu],
  ["ml", /\p{Script=Malayalam}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["ka", /\p{Script=Georgian}/gu],
  ["hy", /\p{Script=Armenian}/gu],
];
/** Languages that write news in Latin, Cyrillic or Arabic letters. Without a list, tinyld finds Berber and Klingon in English headlines. */
const CANDIDATES = [
  ..."en fr de es pt it nl pl sv da no fi cs sk hu ro tr vi id ms tl hr sl et lv lt".split(" "),
  ..."ru uk bg sr ar fa ur".split(" "),
];
/** Small words that only English has, and words of its financial headlines, which do without small ones at times. */
const ENGLISH =
  /\b(the|and|of|to|for|with|on|as|after|amid|from|that|its|is|are|will|says?|said|what|how|why|ahead|over|under|by|at|into|up|down|than|new|stocks?|shares?|markets?|trading|earnings|lower|higher|mixed|rises?|falls?|slips?|drops?|gains?|quote|rates?|yields?|prices?|week|today)\b/gi;
/** Share of words from which a text is taken for English, and its least number of words. */
const ENGLISH_SHARE = 0.12;
/** tinyld's own measure; below it the answer is a guess. */
const SURE = 0.5;
const SURE_AGAINST_HINT = 0.75;
const SAMPLE_CHARACTERS = 1_000;

/**
 * Language of a text as ISO 639-1, null when it cannot be told: by script, by the small words of English, else by tinyld. `hint` is what the
 * feed or the source says; it holds unless the text clearly speaks against it.
 */
export function detectLanguage(text: string, hint: string | null): string | null {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const stated = isoOf(hint);
  if (letters === 0) return stated;
  const by_script = SCRIPTS.find(([, letter]) => (sample.match(letter)?.length ?? 0) > letters * 0.25);
  if (by_script) return by_script[0];
  const words = sample.match(/[\p{L}'’]+/gu)?.length ?? 0;
  const english = (sample.match(ENGLISH)?.length ?? 0) / Math.max(1, words);
  if (english >= ENGLISH_SHARE) return "en";
  const best = detectAll(sample, { only: CANDIDATES })[0];
  if (!best) return stated;
  if (stated !== null)
    return best.accuracy >= SURE_AGAINST_HINT && best.lang !== stated && !hasEnglish(stated, english) ? best.lang : stated;
  return best.accuracy >= SURE ? best.lang : english > 0 ? "en" : best.lang || null;
}

function hasEnglish(stated: string, english: number): boolean {
  return stated === "en" && english > 0;
}

/** "en-us", "EN", "zh_Hant" to "en", "en", "zh". */
function isoOf(tag: string | null): string | null {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(tag?.trim() ?? "")?.[1]?.toLowerCase() ?? null;
}
