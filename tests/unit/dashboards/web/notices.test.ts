import { signal } from "@preact/signals";
import { afterEach, describe, expect, it } from "vitest";
import { notices } from "../../../../dashboards/web/src/state/notices.ts";

const texts = () => notices.shown.value.map(({ text }) => text);
const told = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe("notices of a page", () => {
  const place = signal<{ page: string | null }>({ page: "now" });
  let forget = () => {};
  afterEach(() => {
    forget();
    for (const { key } of notices.shown.value) notices.dismiss(key);
    place.value = { page: "now" };
  });

  it("of the first one stay, though it is told of before it is drawn", async () => {
    notices.warn("query-tz", "the zone");
    forget = notices.forgetWith(place);
    await told();
    expect(texts()).toEqual(["the zone"]);
  });

  it("stay while another part of the page is shown, and go with another page", async () => {
    forget = notices.forgetWith(place);
    notices.warn("query-tz", "the zone");
    await told();
    place.value = { page: "now" };
    expect(texts()).toEqual(["the zone"]);
    place.value = { page: "market" };
    expect(texts()).toEqual([]);
  });

  it("that the next page tells when it is drawn stay", async () => {
    forget = notices.forgetWith(place);
    place.value = { page: "market" };
    notices.warn("query-tz", "the zone");
    await told();
    expect(texts()).toEqual(["the zone"]);
  });
});
