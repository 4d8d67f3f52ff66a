import fc from "fast-check";
import { expect, it } from "vitest";
import { JsonScan } from "../../../functions/local/import/jsonScan.ts";

/** Any JSON as candles, in any envelope, printed with any indent and cut into pieces anywhere. */
const documents = fc.record({
  candles: fc.array(fc.jsonValue()),
  before: fc.dictionary(fc.string(), fc.jsonValue()),
  after: fc.dictionary(fc.string(), fc.jsonValue()),
  indent: fc.nat(3),
  is_bare: fc.boolean(),
  cuts: fc.array(fc.nat(500)),
});

it("finds every element, and leaves the envelope, however the text is cut", () => {
  fc.assert(
    fc.property(documents, ({ candles, before, after, indent, is_bare, cuts }) => {
      const { candles: _, ...rest } = { ...before, ...after };
      const { candles: __, ...head } = before;
      const document = is_bare ? candles : { ...head, candles, ...rest };
      const text = JSON.stringify(document, null, indent);
      const scan = new JsonScan();
      const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const elements = at.slice(1).flatMap((end, i) => scan.push(text.slice(at[i], end)));
      expect(elements.map((element) => JSON.parse(element.text))).toEqual(JSON.parse(JSON.stringify(candles)));
      expect(elements.every((element) => !element.text.includes("\n"))).toBe(true);
      expect(JSON.parse(scan.envelope() ?? "null")).toEqual(JSON.parse(JSON.stringify(is_bare ? [] : { ...document, candles: [] })));
    }),
    { numRuns: 500, seed: 5 },
  );
});

it("says on which line an element starts", () => {
  const scan = new JsonScan();
  expect(scan.push('{\n "candles": [\n  {"a":\n 1},\n\n  {"b": 2}\n]}')).toEqual([
    { line: 3, text: '{"a": 1}' },
    { line: 6, text: '{"b": 2}' },
  ]);
});

it.each(["", "{}", '{"candles": {"a": []}}', '{"candles": [1', '{"candles": [1]', '{"a": {"candles": [1]}}', "5"])(
  "has no envelope for %j",
  (text) => {
    const scan = new JsonScan();
    scan.push(text);
    expect(scan.envelope()).toBeNull();
  },
);
