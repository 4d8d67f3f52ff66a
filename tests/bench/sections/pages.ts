import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../support/stack/findChromium.ts";
import { digits } from "../figures.ts";
import { shareOfCore } from "../pages/costOfPage.ts";
import { drawYear } from "../pages/drawCandles.ts";
import { openFirstPage } from "../pages/firstPage.ts";
import { medianOf } from "../pages/medianOf.ts";
import { scrollGrid } from "../pages/scrollGrid.ts";
import type { Measured, Section } from "../section.ts";
import type { StackUnderTest } from "../stackUnderTest.ts";

const TIMES = 5;

export const pages: Section = {
  name: "pages",
  work: "the web application in Chromium, from fx serve on loopback",
  note: "1280 x 900; medians of 5 new browser contexts; a store that is kept from one bench to the next; pipelines are paused while the cost of an open page is measured",
  peer: "-",
  budget: "-",
  run: async (context) => {
    const path = findChromium();
    if (path === undefined) return [{ label: "not measured: no Chromium here (apt-get install chromium)", text: "SKIPPED", values: {} }];
    const stack = await context.stack("serve", "kept");
    const browser = await chromium.launch({ executablePath: path });
    const rows: Measured[] = [];
    const tell = (row: Measured) => {
      rows.push(row);
      context.tell(row);
    };
    try {
      for (const row of await firstPage(browser, stack.url)) tell(row);
      for (const form of CANDLES) tell(await candles(browser, stack.url, form));
      tell(await grid(browser, stack.url));
      await costs(stack, browser, tell);
      return rows;
    } finally {
      await browser.close();
    }
  },
};

async function repeated<Result>(work: () => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  while (results.length < TIMES) results.push(await work());
  return results;
}

async function firstPage(browser: Browser, url: string): Promise<readonly Measured[]> {
  const opened = await repeated(() => openFirstPage(browser, url));
  const of = (name: keyof (typeof opened)[number]) => medianOf(opened.map((one) => one[name]));
  const [paint, interactive, kb] = [of("first_contentful_paint_ms"), of("interactive_ms"), of("transferred_kb")];
  return [
    { label: "first contentful paint of Now, cold", budget: "< 1,000 ms", text: `${digits(paint)} ms`, values: { ms: paint } },
    {
      label: "interactive: answers shown, main thread idle",
      ...{ budget: "< 1,500 ms", text: `${digits(interactive)} ms`, values: { ms: interactive } },
    },
    { label: "all that it transfers, answers included", budget: "< 350 kB", text: `${digits(kb)} kB`, values: { kb } },
  ];
}

const CANDLES = [
  { label: "a year of H1 asked for and drawn, every hour", budget: "< 500 ms", is_merged: false },
  { label: "zoomed out to a year, merged as the page asks", budget: "< 200 ms", is_merged: true },
] as const;

async function candles(browser: Browser, url: string, { label, budget, is_merged }: (typeof CANDLES)[number]): Promise<Measured> {
  const drawn = await repeated(() => drawYear(browser, url, { is_merged }));
  const [ms, count] = [medianOf(drawn.map((one) => one.ms)), drawn[0]!.candles];
  return { label, budget, text: `${digits(ms)} ms, ${digits(count)} candles`, values: { ms, candles: count } };
}

async function grid(browser: Browser, url: string): Promise<Measured> {
  const scrolled = await repeated(() => scrollGrid(browser, url));
  const frames_per_second = medianOf(scrolled.map((one) => one.frames_per_second));
  const slowest_frame_ms = Math.max(...scrolled.map((one) => one.slowest_frame_ms));
  return {
    label: "500 runs x 20 tasks scrolled from end to end in 5 s",
    budget: ">= 50 frames/s",
    text: `${digits(frames_per_second)} frames/s, the slowest frame of all ${digits(slowest_frame_ms)} ms`,
    values: { frames_per_second, slowest_frame_ms },
  };
}

const OPEN = [
  { label: "stack's CPU for an open Now", address: "/" },
  { label: "stack's CPU for an open Pipelines", address: "/ui/pipelines" },
];

async function costs(stack: StackUnderTest, browser: Browser, tell: (row: Measured) => void): Promise<void> {
  await withoutRuns(stack.url, async () => {
    const without = await shareOfCore(stack, browser, null);
    for (const { label, address } of OPEN) {
      const share = await shareOfCore(stack, browser, address);
      const more = share - without;
      const text = `${digits(more)} % of a core (${digits(share)} with it, ${digits(without)} without)`;
      tell({ label, budget: "< 3 % of a core", text, values: { percent: more, with_percent: share, without_percent: without } });
    }
  });
}

/** Nothing that the schedule starts in just one of the minutes. */
async function withoutRuns<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const response = await fetch(`${url}/api/v2/dags`);
  const { dags } = (await response.json()) as { dags: { dag_id: string; is_paused: boolean }[] };
  const active = dags.filter(({ is_paused }) => !is_paused);
  const pause = async (is_paused: boolean) => {
    for (const { dag_id } of active) {
      const init = { method: "PATCH", body: JSON.stringify({ is_paused }), headers: { "content-type": "application/json" } };
      const answer = await fetch(`${url}/api/v2/dags/${dag_id}`, init);
      if (!answer.ok) throw new Error(`${dag_id} was not ${is_paused ? "paused" : "resumed"}: ${answer.status} ${await answer.text()}`);
    }
  };
  await pause(true);
  try {
    return await work();
  } finally {
    await pause(false);
  }
}
