import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonProblem, MAX_JSON_DEPTH } from "../../../shared/contracts/route/jsonProblem.ts";
import { parseJsonBody } from "../../../shared/contracts/route/readBody.ts";
import { readEntityNdjson } from "../../../shared/historical/readEntityText.ts";

const space = fc.constantFrom(undefined, 1, "\t", "\n ");

describe("a JSON text", () => {
  it("that says each name once, as every serializer writes it, has no problem", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), space, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(jsonProblem(text)).toBeNull();
        expect(parseJsonBody(text)).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("that says a name again, in whatever object and however written, has that problem", () => {
    const written = (name: string) =>
      fc.constantFrom(
        JSON.stringify(name),
        `"${[...name].map((sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join("")}"`,
      );
    const twice = fc
      .string({ unit: "grapheme-ascii", maxLength: 8 })
      .chain((name) => fc.tuple(fc.constant(name), written(name), written(name)));
    fc.assert(
      fc.property(twice, fc.jsonValue({ maxDepth: 2 }), fc.integer({ min: 0, max: 5 }), ([name, one, other], value, wrapped) => {
        const inner = `{${one}: ${JSON.stringify(value)} ,${JSON.stringify(`beside ${name}`)}:1,${other}\n:null}`;
        const text = `${"[{}, ".repeat(wrapped)}${inner}${"]".repeat(wrapped)}`;
        expect(jsonProblem(text)).toBe(`has ${JSON.stringify(name)} twice in one object`);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it.each([
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', null],
    ['{"a":"a\\":","b":"\\\\","a":1}', 'has "a" twice in one object'],
    ['{"a":1,"A":2," a":3}', null],
    ['["a","a",{"b":"b"},"a"]', null],
    ['{"__proto__":1,"__proto__":2}', 'has "__proto__" twice in one object'],
    ['"a":1,"a":2', null],
    ["", null],
  ])("%s: %s", (text, problem) => expect(jsonProblem(text)).toBe(problem));

  it("may be nested as deep as is allowed, and no deeper, of whatever kind, and in a string there is no depth", () => {
    const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
      ['[{"b":', "}]"],
    ] as const) {
      const each = open.split(/[[{]/).length - 1;
      expect(jsonProblem(nested(MAX_JSON_DEPTH / each, open, close))).toBeNull();
      expect(jsonProblem(nested(MAX_JSON_DEPTH / each + 1, open, close))).toBe("is nested more than 32 deep");
    }
    expect(jsonProblem(JSON.stringify({ text: "[".repeat(1_000) }))).toBeNull();
    expect(jsonProblem(`[${"[],".repeat(1_000)}[]]`)).toBeNull();
  });

  it("is looked at line by line where each line is one", () => {
    const lines = [
      '{"instrument": "USD_SGD", "event_timestamp": "2025-06-25T11:00:00Z"}',
      '{"instrument": "USD_SGD", "instrument": "EUR_USD"}',
    ];
    expect(() => readEntityNdjson(lines.join("\n"), 10)).toThrow('line 2: has "instrument" twice in one object.');
  });

  it("is looked at in time that grows with its length alone", () => {
    // 8 MB of what would be slow for who looks back, or goes down, at each sign.
    for (const unit of ["\\\\", '"', '\\"', "{", '{"a":1},', '"a":', "\n"]) jsonProblem(`["${unit.repeat(2 ** 23 / unit.length)}`);
  });
});
