import { setTimeout as sleep } from "node:timers/promises";
import { countLogged, loggedRow } from "../loggedRow.ts";
import { memoryRow } from "../memoryRow.ts";
import { measurePredict, type PredictBudgets } from "../predictLoad.ts";
import type { Section } from "../section.ts";
import type { StackHost } from "../stackUnderTest.ts";

/** The queue delivers a batch after a second at most. */
const LOG_AFTER_MS = 5_000;

function predictSection(name: string, host: StackHost, command: string, budgets: PredictBudgets): Section {
  return {
    name,
    work: `POST /predict on ${command}`,
    peer: "-",
    budget: "-",
    run: async (context) => {
      const { url, openDatabase, memoryNow } = await context.stack(host);
      const database = openDatabase();
      const before = await countLogged(database);
      const rows = await measurePredict(url, budgets);
      const memory = memoryRow("the whole stack's memory right after", memoryNow());
      await sleep(LOG_AFTER_MS);
      return [...rows, loggedRow("the log 5 s after", (await countLogged(database)) - before, rows), memory];
    },
  };
}

export const predictDev = predictSection("predict-dev", "start", "wrangler dev (npm start)", {
  one: "p95 < 50 ms",
  rate: "-",
  saturation: "-",
});

export const predictServe = predictSection("predict-serve", "serve", "fx serve", {
  one: "p50 <= 0.7 ms, p95 <= 2 ms",
  rate: "p50 <= 1, p95 <= 3, p99 <= 6 ms",
  saturation: ">= 3,000 req/s",
});
