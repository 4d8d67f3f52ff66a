import { expect, it } from "vitest";
import { isProse } from "../../../shared/news/lexicon/isProse.ts";
import { tokenize } from "../../../shared/news/text/tokenize.ts";

const words = (count: number) => Array<string>(count).fill("rose").join(" ");

it.each([
  ["a sentence with an article", "The dollar rose.", true],
  ["a headline with a stop", "Dollar rises.", false],
  ["a headline with an article and no stop", "Dollar rises as the Fed waits", false],
  ["an article behind the first stop", "Dollar rises. The Fed waits.", false],
  ["an article and sixty words without a stop", `The ${words(59)}`, false],
  ["an article and more than sixty words", `The ${words(60)}`, true],
  ["an article behind sixty words", `${words(60)} the end`, false],
])("%s: prose or not", (_what, text, expected) => {
  expect(isProse(tokenize(text))).toBe(expected);
});
