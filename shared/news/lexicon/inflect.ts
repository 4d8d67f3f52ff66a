/** The five forms of an English verb, given "rise/rose/risen", "cut/cut/cut" or a regular base; "travel*" doubles its last letter too. */
export function verbForms(spec: string): string[] {
  const [first = "", ...rest] = spec.split(" ");
  const tail = rest.length > 0 ? ` ${rest.join(" ")}` : "";
  const [written = "", past, participle] = first.split("/");
  const base = written.replace("*", "");
  const stems = written.endsWith("*") ? [base, base + base.at(-1)] : [isDoubled(base) ? base + base.at(-1) : base];
  const pasts = past === undefined ? stems.map(withEd) : [past, participle ?? past];
  const forms = [base, thirdPerson(base), ...pasts, ...stems.map(withIng)];
  return [...new Set(forms)].map((form) => form + tail);
}

/** A noun and its plural. */
export function nounForms(noun: string): string[] {
  return [noun, thirdPerson(noun)];
}

/** strong, stronger, strongest, strongly. */
export function adjectiveForms(adjective: string): string[] {
  const stem = adjective.endsWith("y") ? `${adjective.slice(0, -1)}i` : adjective.endsWith("e") ? adjective.slice(0, -1) : adjective;
  const doubled = isDoubled(adjective) ? stem + stem.at(-1) : stem;
  return [adjective, `${doubled}er`, `${doubled}est`, adjective.endsWith("y") ? `${stem}ly` : `${adjective}ly`];
}

/** One vowel between consonants in a word of one syllable: drop, slip, trim, but not draw or fix. */
function isDoubled(base: string): boolean {
  return /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(base.replace(/^qu/, "q"));
}

function thirdPerson(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(base) ? `${base}es` : base === "go" ? "goes" : `${base}s`;
}

function withEd(stem: string): string {
  if (stem.endsWith("e")) return `${stem}d`;
  return /[^aeiou]y$/.test(stem) ? `${stem.slice(0, -1)}ied` : `${stem}ed`;
}

function withIng(stem: string): string {
  if (stem.endsWith("ie")) return `${stem.slice(0, -2)}ying`;
  return /[^aeiouy]e$|[aeiou]e$/.test(stem) && !/(ee|oe|ye)$/.test(stem) ? `${stem.slice(0, -1)}ing` : `${stem}ing`;
}
