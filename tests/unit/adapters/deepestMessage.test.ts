import { describe, expect, it } from "vitest";
import { deepestMessage } from "../../../functions/adapters/deepestMessage.ts";

describe("deepestMessage", () => {
  it.each([
    ["the root of a chain", new Error("fetch failed", { cause: new Error("connect ECONNREFUSED") }), "connect ECONNREFUSED"],
    ["what is no error", "odd", "odd"],
    ["workerd without a connection", new Error("internal error; reference = rldej8q0b4oetqjcrh61n5pr"), /^no connection \(no network/],
    ["another internal error", new Error("internal error in a parser"), "internal error in a parser"],
  ])("%s", (_name, error, message) => {
    expect(deepestMessage(error)).toMatch(message);
  });
});
