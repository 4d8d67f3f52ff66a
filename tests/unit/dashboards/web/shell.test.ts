import { describe, expect, it } from "vitest";
import { centredScroll } from "../../../../dashboards/web/src/app/centredScroll.ts";
import { HOLDS } from "../../../../dashboards/web/src/app/holds.ts";
import { candleItemStyle } from "../../../../dashboards/web/src/charts/candleItemStyle.ts";
import { WEB_PAGES } from "../../../../shared/contracts/webPage.ts";

describe("the pages", () => {
  it.each(WEB_PAGES)("%s is shown as a whole", (page) => expect(HOLDS[page](null, null)).toBe(true));

  it.each(["now", "market", "performance", "business", "infrastructure"] as const)("%s has nothing on it", (page) => {
    expect(HOLDS[page]("none", null)).toBe(false);
    expect(HOLDS[page]("none", "part")).toBe(false);
  });

  it.each(["predictions", "news"] as const)("%s has things without parts", (page) => {
    expect(HOLDS[page]("one", null)).toBe(true);
    expect(HOLDS[page]("one", "part")).toBe(false);
  });

  it.each(["pipelines", "features", "models"] as const)("%s has things with parts", (page) => {
    expect(HOLDS[page]("one", null)).toBe(true);
    expect(HOLDS[page]("one", "part")).toBe(true);
  });

  it("quality has runbooks alone", () => {
    expect(HOLDS.quality("runbook", "BarsStale")).toBe(true);
    expect(HOLDS.quality("runbook", null)).toBe(false);
    expect(HOLDS.quality("none", "BarsStale")).toBe(false);
  });
});

describe("the rail is swept to where the reader is", () => {
  it("so that it stands in the middle", () => expect(centredScroll({ start: 700, size: 100 }, { start: 0, size: 360 }, 0)).toBe(570));
  it("from where it was swept before", () => expect(centredScroll({ start: 130, size: 100 }, { start: 0, size: 360 }, 570)).toBe(570));
  it("and not before its beginning", () => expect(centredScroll({ start: 10, size: 60 }, { start: 0, size: 360 }, 0)).toBe(0));
});

describe("a candle of ECharts", () => {
  const style = candleItemStyle({ card: "white", series: ["blue", "brown"] });
  it("is hollow where it rose", () => expect(style).toMatchObject({ color: "white", borderColor: "blue" }));
  it("is filled where it fell", () => expect(style).toMatchObject({ color0: "brown", borderColor0: "brown" }));
});
