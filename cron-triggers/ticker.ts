import { readFileSync } from "node:fs";
import { LEASE } from "../shared/dag/lease.ts";
import { createClock } from "../shared/domain/clock.ts";
import { MINUTE, requireInstant, SECOND, toIso } from "../shared/domain/instant.ts";
import { createTicker } from "./createTicker.ts";
import { fireCron } from "./fireCron.ts";
import { readCrons, SWEEP_CRON } from "./schedule.ts";

/**
 * The cron triggers of one machine, as a process of its own: WORKER_URL is whom it calls, FX_CLOCK the moment that it
 * starts at (the real time without it), and TICKER_CRONS=sweep leaves out everything but the sweep.
 */
const worker_url = process.env["WORKER_URL"] ?? "http://127.0.0.1:8787";
const start = process.env["FX_CLOCK"];
const clock = createClock(start ? requireInstant(start, "FX_CLOCK") : null, Date.now);
const WRANGLER = new URL("../wrangler.toml", import.meta.url);
const crons = process.env["TICKER_CRONS"] === "sweep" ? [SWEEP_CRON] : readCrons(readFileSync(WRANGLER, "utf8"));
/** Just after the minute, so that rounding cannot put it before. */
const MARGIN_MS = 20;

const log = (line: string) => console.log(`${toIso(clock.now())} ${line}`);
const ticker = createTicker({ crons, log, fire: (cron, scheduled_time) => fireCron(worker_url, cron, scheduled_time) });

process.once("SIGTERM", () => process.exit(0));
log(`ticker: ${crons.join(" | ")} at ${worker_url}`);
// The sweep finds what the last run of this store left undone; a second one, what a killed Worker still held then.
ticker.fireNow(SWEEP_CRON, clock.now());
setTimeout(() => fireCron(worker_url, SWEEP_CRON, clock.now()).catch((error: Error) => log(error.message)), LEASE.lease_ms + SECOND);
scheduleTick();

/** Aims anew each time: a timer that repeats drifts, and a machine that slept goes on with the minute that it wakes in. */
function scheduleTick(): void {
  setTimeout(
    () => {
      for (const cron of ticker.tick(clock.now())) if (cron !== SWEEP_CRON) log(`fired ${cron}`);
      scheduleTick();
    },
    MINUTE - (clock.now() % MINUTE) + MARGIN_MS,
  );
}
