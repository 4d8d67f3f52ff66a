/** Writes out the alternatives of a phrase: "(beat|top) (estimates|forecasts)" is four phrases, "cut (its|) outlook" two. */
export function expandPhrase(phrase: string): string[] {
  const group = /\(([^()]*)\)/.exec(phrase);
  if (group === null) return [phrase.replace(/\s+/g, " ").trim()];
  const before = phrase.slice(0, group.index);
  const after = phrase.slice(group.index + group[0].length);
  return group[1]!.split("|").flatMap((choice) => expandPhrase(before + choice + after));
}

/** A list of phrases, split at commas and line ends, alternatives written out. */
export function phrasesOf(list: string): string[] {
  return list
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "")
    .flatMap(expandPhrase);
}
