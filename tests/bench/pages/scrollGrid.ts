import type { Browser } from "playwright-core";
import type { DagGrid } from "../../../shared/contracts/dagGrid.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { untilShown } from "../../browser/openPage.ts";

export interface Scrolled {
  readonly frames_per_second: number;
  readonly slowest_frame_ms: number;
  /** Of the grid, px. */
  readonly distance_px: number;
}

const [RUNS, TASKS] = [500, 20];
const DAG = "market_feature_pipeline";
const SECONDS = 5;

/** From the newest run to the oldest, as far in each frame as its time asks for. */
const SCROLL = `new Promise((resolve) => {
  const frame = document.querySelector(".grid-frame");
  const distance_px = frame.scrollWidth - frame.clientWidth;
  const times = [];
  const step = (at) => {
    times.push(at);
    const share = (at - times[0]) / ${SECONDS * 1_000};
    frame.scrollLeft = share * distance_px;
    if (share < 1) return requestAnimationFrame(step);
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    resolve({
      frames_per_second: (1000 * gaps.length) / (times.at(-1) - times[0]),
      slowest_frame_ms: Math.max(...gaps),
      distance_px,
    });
  };
  requestAnimationFrame(step);
})`;

/** The grid of a pipeline with 500 runs of 20 tasks, which are this bench's: what is measured is the page. */
export async function scrollGrid(browser: Browser, url: string): Promise<Scrolled> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const grid = JSON.stringify(manyRuns(Math.floor(Date.now() / HOUR) * HOUR));
    await page.route(`**/api/dags/${DAG}/grid?*`, (route) => route.fulfill({ contentType: "application/json", body: grid }));
    await page.goto(`${url}/ui/pipelines/${DAG}?runs=${RUNS}`);
    await page.locator(".grid-frame").waitFor();
    await untilShown(page);
    return await page.evaluate<Scrolled>(SCROLL);
  } finally {
    await context.close();
  }
}

function manyRuns(now: number): DagGrid {
  const task_ids = Array.from({ length: TASKS }, (_, task) => `task_${task}`);
  const iso = (at: number) => new Date(at).toISOString();
  const runs = Array.from({ length: RUNS }, (_, place): DagGrid["runs"][number] => {
    const end = now - place * HOUR;
    return {
      dag_run_id: `scheduled__${iso(end)}`,
      ...{ run_type: "scheduled", state: place % 11 === 3 ? "failed" : "success", is_late: false, backfill_id: null },
      ...{ logical_date: iso(end - HOUR), data_interval_start: iso(end - HOUR), data_interval_end: iso(end) },
      ...{ queued_at: iso(end), start_date: iso(end), end_date: iso(end + 30_000 + (place % 7) * 5_000) },
      states: task_ids.map((_, task) => (place % 11 === 3 && task > 12 ? (task === 13 ? "failed" : "upstream_failed") : "success")),
      counts: task_ids.map((_, task) => (task % 3 === 0 ? { success: 7 } : null)),
      try_number: task_ids.map(() => 1),
      start_s: task_ids.map((_, task) => task),
      end_s: task_ids.map((_, task) => task + 1),
    };
  });
  const tasks = task_ids.map((task_id, task) => ({
    task_id,
    upstream: task === 0 ? [] : [task_ids[task - 1]!],
    is_mapped: task % 3 === 0,
    is_defined: true,
  }));
  return { dag_id: DAG, tasks, runs, next_before: null, next_since: null };
}
