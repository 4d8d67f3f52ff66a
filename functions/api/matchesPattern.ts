import type { TextPattern } from "../../shared/ports/filter.ts";

/** Whether a text fits a pattern, as the store has it (functions/adapters/libsql/whereOf.ts): `%` is any text, `_` any character. */
export function matchesPattern(text: string, { any_of, is_prefix }: TextPattern): boolean {
  if (is_prefix) return any_of.some((part) => text.startsWith(part));
  return any_of.some((part) => holdsInOrder(text.toLowerCase(), part.toLowerCase().split("%")));
}

/** Each piece after the one before. That the first place is taken for each loses none. */
function holdsInOrder(text: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = placeOf(text, piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
}

function placeOf(text: string, piece: string, from: number): number {
  for (let at = from; at + piece.length <= text.length; at++) {
    if ([...piece].every((letter, index) => letter === "_" || letter === text[at + index])) return at;
  }
  return -1;
}
