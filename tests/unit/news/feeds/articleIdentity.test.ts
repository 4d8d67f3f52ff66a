import { describe, expect, it } from "vitest";
import { articleIdOf } from "../../../../shared/news/feeds/articleIdentity.ts";

type Named = Parameters<typeof articleIdOf>[0];
const item = (link: string | null, guid: string | null = null): Named => ({ link, guid });
const PAGE = "https://desk.example/live/2026-11-27";

describe("what an article is known by", () => {
  it.each<[string, Named, Named]>([
    ["one address with two tracking fragments", item(`${PAGE}#xtor=RSS-3-[a]`), item(`${PAGE}#at_medium=RSS`)],
    ["one address with and without a place on the page", item(`${PAGE}#comments`), item(PAGE)],
    ["a text that a link marks", item(`${PAGE}#:~:text=rates%202`), item(PAGE)],
    ["one guid under two addresses", item(`${PAGE}/a`, "tag:1"), item(`${PAGE}/b?utm_source=x`, "tag:1")],
    ["a guid that is the address", item(`${PAGE}?utm_source=x`, PAGE), item(PAGE)],
    ["white space around a guid", item(null, " 9001\n"), item(PAGE, "9001")],
  ])("is the same for %s", (_name, one, other) => {
    expect(articleIdOf(one, "desk")).not.toBeNull();
    expect(articleIdOf(one, "desk")).toBe(articleIdOf(other, "desk"));
  });

  it.each<[string, Named, Named]>([
    ["posts of one page", item(`${PAGE}#post-101`), item(`${PAGE}#post-102`)],
    ["posts that are named beside what tracks", item(`${PAGE}#post=101&utm_source=x`), item(`${PAGE}#post=102&utm_source=x`)],
    ["a place whose name only looks like what tracks", item(`${PAGE}#utm_1`), item(PAGE)],
    ["posts of one page whose guids are addresses", item(PAGE, `${PAGE}#block-5f1`), item(PAGE, `${PAGE}#block-5f2`)],
    ["items of one address with guids of their own", item("https://sq.example/", "9001"), item("https://sq.example/", "9002")],
    ["items without an address", item(null, "9001"), item(null, "9003")],
    ["items of two addresses", item(`${PAGE}/a`), item(`${PAGE}/b`)],
  ])("differs for %s", (_name, one, other) => {
    expect(articleIdOf(one, "desk")).not.toBe(articleIdOf(other, "desk"));
  });

  it("is the source's own for a guid that is no address, and everybody's for one that is", () => {
    expect(articleIdOf(item(null, "9001"), "desk")).not.toBe(articleIdOf(item(null, "9001"), "wire"));
    expect(articleIdOf(item(null, PAGE), "desk")).toBe(articleIdOf(item(null, PAGE), "wire"));
  });

  it("is nothing without guid and address of the web", () => {
    for (const none of [item(null), item(""), item("mailto:a@b.c"), item(null, " ")]) expect(articleIdOf(none, "desk")).toBeNull();
  });
});
