import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALL_DAGS } from "../../functions/pipelines/all.ts";
import { VICTIMS } from "../kill/keptStack.ts";
import { renderStorm } from "../kill/renderStorm.ts";
import { runStorm, type StormReport } from "../kill/runStorm.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { createFxWorkplace, SMALL } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** One of each but of wrangler's front and of everything at once, which the long form (`npm run storm`) has too. */
const KILLS = 7;

/** Under load: the runtime, the Worker, the journal and the database. */
const LOAD_KILLS = 4;

const workplace = createFxWorkplace();
const library = await hasLibrary();

describe.skipIf(!library)("pipelines whose processes are killed", () => {
  let report: StormReport;
  beforeAll(async () => {
    report = await runStorm({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      folder: workplace.folder,
      env: { ...(await workplace.environment()), ...SMALL },
      kills: KILLS,
      seed: 11,
      end: Date.UTC(2026, 6, 15, 12),
      history_days: 126,
      // A quarter: each schedule but that of news fires once. News is in the bootstrap; its sensor's minutes are for the long form.
      hours: 0.25,
      load: { kills: LOAD_KILLS, orderly: 1, per_second: 100 },
      // Kills under wrangler dev: killAndResume, and the long form.
      host: "serve",
      load_host: "serve",
      say: () => undefined,
    });
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("are hit in every part", () => {
    expect(report.kills.map((kill) => kill.victim).toSorted()).toEqual(VICTIMS.slice(0, KILLS).toSorted());
    expect(report.kills.every((kill) => kill.processes > 0)).toBe(true);
  });

  it("ran before and after, all but those that run for a person only: what each of them makes is there", () => {
    const for_people = new Set(["model_sweep", "model_reproduction"]);
    const dag_ids = ALL_DAGS.map(({ dag_id }) => dag_id)
      .filter((dag_id) => !for_people.has(dag_id))
      .sort();
    expect([report.undisturbed.dags, report.disturbed.dags]).toEqual([dag_ids, dag_ids]);
    const market = ["bars", "feature_rows", "datasets", "run_metrics", "model_versions", "model_transitions", "lake (objects)"];
    const news = ["news_objects", "articles", "article_scores", "news_silver"];
    for (const table of [...market, ...news, "monitor_readings"]) {
      expect(report.comparisons.find((one) => one.name === table)?.rows[1], table).toBeGreaterThan(0);
    }
  });

  it("end with the rows, objects and versions of those that were left alone", () => {
    if (!report.is_equal) throw new Error(renderStorm(report));
  });

  it("lose no prediction that they have answered, neither when they are killed nor when they are stopped in order", () => {
    const { load } = report;
    expect(load?.kills).toHaveLength(LOAD_KILLS);
    expect([load?.orderly, (load?.acknowledged ?? 0) > 200]).toEqual([2, true]);
    expect([load?.missing, load?.wrong_features]).toEqual([[], []]);
  });

  it("leave no process", () => workplace.untilNothingRuns());
});
