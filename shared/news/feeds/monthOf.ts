/** Beginnings of the months' names in the languages that feeds are written in: English, German, French, Italian, Spanish, Portuguese, Dutch. */
const MONTHS: readonly (readonly string[])[] = [
  ["jan", "gen", "ene"],
  ["feb", "fev"],
  ["mar", "mrt", "maa"],
  ["apr", "avr", "abr"],
  ["may", "mai", "mag", "mei"],
  ["jun", "juin", "giu"],
  ["jul", "juil", "lug"],
  ["aug", "aou", "ago"],
  ["sep", "set"],
  ["oct", "okt", "ott", "out"],
  ["nov"],
  ["dec", "dez", "dic"],
];

/** Month from 0 of its name, full or cut short, with or without accents; null for another word. */
export function monthOf(name: string): number | null {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const month = MONTHS.findIndex((names) => names.some((known) => plain.startsWith(known)));
  return month < 0 ? null : month;
}
