import { parseArgs } from "node:util";
import { DAY, type Instant, MINUTE, requireInstant, toIso } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { openHealthyWorld } from "../support/monitoring/healthyWorld.ts";

const HELP = `npm run audit:false-alarms -- [--from 2026-03-02T00:00:00Z] [--days 30] [--history 150] [--seed 1] [--pairs A,B]

Whom the monitoring calls for nothing: the whole platform runs by its schedules on the healthy sandbox for so many simulated days, weekends and
changes of the clocks among them, and every alert that its monitoring raises is one too many. Prints each, and in how many of its runs there was one.`;

const { values } = parseArgs({
  options: {
    from: { type: "string", default: "2026-03-02T00:00:00Z" },
    days: { type: "string", default: "30" },
    history: { type: "string", default: "150" },
    seed: { type: "string", default: "1" },
    pairs: { type: "string", default: DEFAULT_INSTRUMENTS.join(",") },
    help: { type: "boolean", short: "h", default: false },
  },
});

interface Raised {
  readonly at: Instant;
  readonly change: string;
  readonly text: string;
}

async function main(): Promise<void> {
  const [start, days] = [requireInstant(values.from, "--from"), Number(values.days)];
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1_000);
  const options = { instruments: values.pairs.split(","), seed: Number(values.seed), history_days: Number(values.history) };
  const world = await openHealthyWorld(start, options);
  const { rows: promoted } = await world.ports.database.$client.execute(
    "SELECT name FROM model_versions WHERE current_stage = 'Production' ORDER BY name",
  );
  process.stderr.write(`bootstrapped in ${seconds()} s: ${promoted.length} models in Production\n`);
  for (let day = 1; day <= days; day++) {
    await world.live(start + day * DAY);
    const raised = await raisedSince(world.ports.database, start + (day - 1) * DAY);
    process.stderr.write(`${toIso(start + day * DAY).slice(0, 10)}: ${raised.length} raised, ${seconds()} s\n`);
    for (const { at, change, text } of raised) process.stderr.write(`  ${toIso(at)} ${change} ${text}\n`);
  }
  report(await raisedSince(world.ports.database, 0), (days * DAY) / (15 * MINUTE));
}

type Database = Awaited<ReturnType<typeof openHealthyWorld>>["ports"]["database"];

async function raisedSince(database: Database, since: Instant): Promise<Raised[]> {
  const { rows } = await database.$client.execute({
    sql: `SELECT created_at, details->>'change' AS change, details->>'check' || '/' || (details->>'subject') || '/' || (details->>'metric') AS what,
        details->>'summary' AS summary FROM callbacks WHERE kind = 'alert' AND details->>'change' <> 'resolve' AND created_at >= ? ORDER BY id`,
    args: [since],
  });
  return rows.map((row) => ({ at: Number(row["created_at"]), change: String(row["change"]), text: `${row["what"]}: ${row["summary"]}` }));
}

function report(raised: readonly Raised[], runs: number): void {
  const bad = new Set(raised.map(({ at }) => at)).size;
  const by_alert = Map.groupBy(raised, ({ text }) => text.slice(0, text.indexOf(":")));
  const lines = [...by_alert].map(([alert, own]) => `${alert}: ${own.length}`).sort();
  process.stdout.write(`${bad} of ${runs} runs of the monitoring (${((100 * bad) / runs).toFixed(2)} %) raised something.\n`);
  process.stdout.write(lines.length === 0 ? "" : `${lines.join("\n")}\n`);
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
