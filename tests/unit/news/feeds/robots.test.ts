import { describe, expect, it } from "vitest";
import { robotsRules } from "../../../../shared/news/feeds/robots.ts";

const SITE = "https://news.example";
const rulesOf = (text: string, robot = "fx-medallion") => robotsRules(`${SITE}/robots.txt`, text, robot);

describe("robotsRules", () => {
  it.each([
    ["Crawl-delay: 2", 2_000],
    ["Crawl-delay: 0.5", 500],
    ["Crawl-delay: 0", null],
    ["Crawl-delay: -1", null],
    ["Crawl-delay: soon", null],
    ["Disallow: /private", null],
  ])("%s asks for %d ms between pages", (line, expected) => {
    expect(rulesOf(`User-agent: *\n${line}\n`).crawl_delay_ms).toBe(expected);
  });

  it("allows what is not forbidden, and says nothing of other sites", () => {
    const { isAllowed } = rulesOf("User-agent: *\nDisallow: /private\n");
    expect([`${SITE}/a`, `${SITE}/private/b`, "https://other.example/private/b"].map(isAllowed)).toEqual([true, false, true]);
    expect(rulesOf("").isAllowed(`${SITE}/private`)).toBe(true);
  });
});
