import { expect, it } from "vitest";
import { toCandleBody } from "../../../../functions/pipelines/data_collection/candleBody.ts";

it.each([
  ["a line end behind each line", '{"a":1}\r\n{"name":"Zürich"}\n', '{"a":1}\r\n{"name":"Zürich"}\n'],
  ["no last line end", "1\n2", "1\n2\n"],
  ["blank lines", "1\n\n \n2\n", "1\n2\n"],
])("a body with %s is stored without blank lines, a line end behind each", (_name, sent, stored) => {
  const { bytes, lines } = toCandleBody(sent);
  expect(new TextDecoder().decode(bytes)).toBe(stored);
  expect(lines).toEqual(stored.split("\n").slice(0, -1));
});

it("a body of nothing has no line", () => {
  expect(toCandleBody("\n \n").lines).toEqual([]);
});
