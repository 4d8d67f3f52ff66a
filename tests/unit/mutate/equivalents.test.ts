import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EQUIVALENTS, reasonOf } from "../../mutate/equivalents.ts";
import { mutationsOf } from "../../mutate/mutationsOf.ts";

const matches = EQUIVALENTS.map(({ path, code, original }) => {
  const text = readFileSync(path, "utf8");
  const found = mutationsOf(path, text).filter((mutation) => mutation.original === original && liesIn(mutation, text, code));
  return { name: `${path}: ${code}`, original, text, found: found.map((mutation) => ({ path, ...mutation })) };
});

function liesIn({ start, end }: { start: number; end: number }, text: string, code: string): boolean {
  return text.slice(Math.max(0, end - code.length), start + code.length).includes(code);
}

describe("mutations that are named as changing nothing", () => {
  it.each(matches)("$name: $original is one of the file", ({ text, found }) => {
    expect(found.length).toBeGreaterThan(0);
    for (const mutation of found) expect(reasonOf(mutation, text)).not.toBeNull();
  });

  it("are few, each named once", () => {
    const names = matches.map(({ name, original }) => `${name} ${original}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
