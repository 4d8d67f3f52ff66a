import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../shared/domain/article.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { contentHash, simhash } from "../../../shared/news/feeds/simhash.ts";
import { nearDuplicates } from "../../../shared/news/nearDuplicates.ts";
import { articleOf } from "../../support/news/newsFixtures.ts";

const T = Date.UTC(2025, 9, 1);
const BODY = Array.from(
  { length: 12 },
  (_, at) => `In sentence ${"abcdefghijkl"[at]} the central bank said that inflation would ease while the currency was allowed to rise.`,
).join(" ");
const at = (slug: string, hours: number, fields: Partial<Article> = {}) =>
  articleOf({ slug, available_at: T + hours * HOUR, body: BODY, title: "MAS holds", ...fields });
const idOf = (slug: string) => articleOf({ slug, available_at: T }).article_id;
const found = (articles: readonly Article[]) => Object.fromEntries(nearDuplicates(articles));

describe("nearDuplicates", () => {
  it("names the earliest of several sources, by knowledge time and id", () => {
    const articles = [
      at("b", 1, { source: "two" }),
      at("a", 0, { source: "one" }),
      at("c", 2, { source: "three", body: `(Wire) - ${BODY}` }),
    ];
    expect(found(articles)).toEqual({ [idOf("b")]: idOf("a"), [idOf("c")]: idOf("a") });
    expect(found(articles.toReversed())).toEqual(found(articles));
    const tie = [at("x", 0, { source: "one" }), at("y", 0, { source: "two" })];
    const [low, high] = [idOf("x"), idOf("y")].sort();
    expect(found(tie)).toEqual({ [high!]: low });
  });

  it.each([
    ["another figure", { body: BODY.replace("abc", "").concat(" It rose to 1.35.") }],
    ["another text", { body: BODY.split(" ").toReversed().join(" ") }],
    ["the same a week later", {}, 24 * 7],
    ["a headline alone", { body: "", title: "MAS holds" }],
    ["nothing at all", { body: "", title: "", simhash: simhash("") }],
  ])("%s is news of its own", (_name, fields: Partial<Article>, hours = 1) => {
    expect(
      found([
        at("a", 0, { source: "one", ...(fields.body === "" ? fields : {}), ...(fields.body === "" ? { title: "MAS holds today" } : {}) }),
        at("b", hours, { source: "two", ...fields }),
      ]),
    ).toEqual({});
  });

  it("takes a site's own near-copies for updates, and its exact repetition for what it is", () => {
    expect(found([at("a", 0), at("b", 1, { body: `${BODY} Updated.` })])).toEqual({});
    expect(found([at("a", 0), at("b", 1)])).toEqual({ [idOf("b")]: idOf("a") });
  });

  it("takes no later version of an article for a repetition of it", () => {
    expect(found([at("a", 0), at("a", 1)])).toEqual({});
  });

  it("says the same of an article whatever comes later, and wherever a span of 72 hours is cut", () => {
    const texts = [
      BODY,
      `${BODY} More.`,
      BODY.slice(0, 400),
      "Gold fell on Monday as the dollar rose against all of its peers in thin trading.",
    ];
    const draw = fc.record({
      hours: fc.integer({ min: 0, max: 200 }),
      text: fc.constantFrom(...texts),
      source: fc.constantFrom("one", "two", "three"),
    });
    fc.assert(
      fc.property(fc.array(draw, { maxLength: 40 }), (draws) => {
        const articles = draws.map(({ hours, text, source }, index) => {
          return at(`n${index}`, hours, {
            source,
            body: text,
            content_hash: contentHash(`MAS holds\n${text}`),
            simhash: simhash(`MAS holds\n${text}`),
          });
        });
        const whole = nearDuplicates(articles);
        for (const article of articles) {
          const before = articles.filter(({ available_at, article_id }) => {
            const is_before =
              available_at < article.available_at || (available_at === article.available_at && article_id <= article.article_id);
            return is_before && available_at >= article.available_at - 72 * HOUR;
          });
          expect(nearDuplicates(before).get(article.article_id)).toBe(whole.get(article.article_id));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("looks at a few, not at all: ten thousand different texts in a moment", () => {
    const articles = Array.from({ length: 10_000 }, (_, index) => {
      const body = `Report ${index} on ${simhash(`a${index}`)} and ${simhash(`b${index}`)} with ${simhash(`c${index}`)} for the ${simhash(`d${index}`)} of it all.`;
      return at(`n${index}`, index / 1_000, {
        source: `s${index % 7}`,
        title: "",
        body,
        content_hash: contentHash(body),
        simhash: simhash(body),
      });
    });
    expect(nearDuplicates(articles).size).toBe(0);
  });
});

describe("simhash", () => {
  it("is stable, and near for near texts alone", () => {
    const bits = (a: string, b: string) => [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === "1").length;
    expect(simhash("")).toBe("0000000000000000");
    expect(simhash("MAS holds, as expected.")).toBe(simhash("mas HOLDS as expected"));
    expect(bits(simhash(BODY), simhash(`${BODY} And so it goes.`))).toBeLessThanOrEqual(7);
    expect(bits(simhash(BODY), simhash(BODY.split(" ").toReversed().join(" ")))).toBeGreaterThan(15);
    expect(simhash("新台幣升值 新台幣")).not.toBe(simhash("人民币贬值"));
  });
});
