import { describe, expect, it } from "vitest";
import { isSameSubject } from "../../../../dashboards/web/src/api/isSameSubject.ts";

const asked = (query: object, params: object = {}) => ["GET /predictions", { params, query }];

describe("the answer to one question stands until that to the next comes", () => {
  it("where only the page, the number or the time is another", () => {
    const one = asked({ instrument: "EUR_USD", limit: 50 });
    expect(isSameSubject(one, asked({ limit: 100, cursor: "a", instrument: "EUR_USD" }))).toBe(true);
    expect(isSameSubject(one, asked({ instrument: "EUR_USD", from: "2026-01-01T00:00Z", to: "2026-02-01T00:00Z" }))).toBe(true);
    expect(isSameSubject(["GET /predictions", {}], ["GET /predictions", { query: { offset: 3 } }])).toBe(true);
    expect(isSameSubject(["POST /search", { body: { names: ["a"] } }], ["POST /search", { body: { names: ["a"], page_token: "b" } }])).toBe(
      true,
    );
    expect(isSameSubject(["own", { pair: "a", from: 1 }], ["own", { pair: "a", from: 2 }])).toBe(true);
  });

  it("and not where anything else is", () => {
    const one = asked({ instrument: "EUR_USD", metric: "accuracy" }, { name: "a" });
    expect(isSameSubject(one, asked({ instrument: "USD_SGD", metric: "accuracy" }, { name: "a" }))).toBe(false);
    expect(isSameSubject(one, asked({ instrument: "EUR_USD", metric: "brier" }, { name: "a" }))).toBe(false);
    expect(isSameSubject(one, asked({ instrument: "EUR_USD", metric: "accuracy" }, { name: "b" }))).toBe(false);
    expect(isSameSubject(one, ["GET /other", one[1]])).toBe(false);
    expect(isSameSubject(["own", { pair: "a", at: [1] }], ["own", { pair: "a", at: [2] }])).toBe(false);
    expect(isSameSubject(["POST /x", { body: { instrument: ["a"] } }], ["POST /x", { body: { instrument: ["b"] } }])).toBe(false);
    // A path is no cut, whatever it is called.
    expect(isSameSubject(["GET /x", { params: { from: "a" } }], ["GET /x", { params: { from: "b" } }])).toBe(false);
  });
});
