import { describe, expect, it } from "vitest";
import { extractArticle } from "../../../../shared/news/feeds/extractArticle.ts";
import { articlePage } from "../../../support/news/newsFixtures.ts";

const SENTENCE = "The Singapore dollar rose against the US dollar after the central bank kept its policy unchanged.";
const withHead = (head: string) => articlePage(SENTENCE).replace("</head>", `${head}</head>`);
const ld = (value: string) => `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":${value}}</script>`;

describe("extractArticle", () => {
  it("reads the article and leaves what surrounds it", () => {
    const page = extractArticle(articlePage(SENTENCE));
    expect(page).toMatchObject({ is_paywalled: false, language: "en" });
    expect(page.text.split("\n")).toHaveLength(6);
    expect(page.text).toContain(SENTENCE);
    expect(page.text).not.toContain("Menu");
  });

  it.each([
    ["schema.org's false", withHead(ld("false"))],
    ["schema.org's false as text", withHead(ld('"False"'))],
    ["a locked tier", withHead('<meta property="article:content_tier" content="locked">')],
    [
      "a wall in place of the text",
      '<html><body><article><p>Rates rose.</p></article><div class="wall">Subscribe to continue reading</div></body></html>',
    ],
    [
      "a wall for members",
      "<html><body><article><p>Rates rose a little on the day.</p><p>This article is for subscribers only.</p></article></body></html>",
    ],
  ])("takes no text from behind %s", (_name, html) => {
    expect(extractArticle(html)).toMatchObject({ is_paywalled: true, text: "" });
  });

  it.each([
    ["schema.org's true", withHead(ld("true"))],
    ["a metered tier", withHead('<meta property="article:content_tier" content="metered">')],
    [
      "an advertisement for a subscription under the whole text",
      articlePage(SENTENCE.repeat(4)).replace("</article>", "<p>Subscribe to keep reading stories like this.</p></article>"),
    ],
  ])("reads on past %s", (_name, html) => {
    expect(extractArticle(html).is_paywalled).toBe(false);
    expect(extractArticle(html).text).toContain(SENTENCE);
  });

  it.each([
    ["nothing", ""],
    ["no page", "just words"],
    ["a notice", "<html><body><p>Please enable JavaScript.</p></body></html>"],
    ["a frameset", "<html><frameset><frame src='a'></frameset></html>"],
    ["a page that never ends", `<html><body>${"<p>".repeat(3_000)}`],
    ["too many elements", `<html><body>${"<i>x</i>".repeat(30_000)}</body></html>`],
  ])("finds no text in %s", (_name, html) => {
    let text = "";
    try {
      text = extractArticle(html).text;
    } catch (error) {
      // What defeats the extractor is met where it is called (articlesOfLine).
      expect(error).toBeInstanceOf(Error);
    }
    expect(text.length).toBeLessThan(100);
  });
});
