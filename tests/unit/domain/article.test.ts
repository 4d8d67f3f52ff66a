import { describe, expect, it } from "vitest";
import { textOf } from "../../../shared/domain/article.ts";

describe("textOf", () => {
  it.each([
    ["headline and body", { title: "MAS holds", summary: "In short.", body: "At length." }, "MAS holds\nAt length."],
    ["headline and summary, where there is no body", { title: "MAS holds", summary: "In short.", body: "" }, "MAS holds\nIn short."],
    ["the headline alone", { title: "MAS holds", summary: "", body: "" }, "MAS holds"],
    ["the body alone", { title: "", summary: "In short.", body: "At length." }, "At length."],
    ["nothing", { title: "", summary: "", body: "" }, ""],
  ])("is %s", (_what, article, text) => {
    expect(textOf(article)).toBe(text);
  });
});
