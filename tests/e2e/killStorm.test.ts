import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VICTIMS } from "../kill/keptStack.ts";
import { renderStorm } from "../kill/renderStorm.ts";
import { runStorm, type StormReport } from "../kill/runStorm.ts";
import { createFxWorkplace, SMALL } from "../support/fxWorkplace.ts";
import { hasLibrary } from "../support/libraryOrSkip.ts";

const TIME_LIMIT_MS = 280_000;
/** One of each but of wrangler's front and of everything at once, which the long form (`npm run storm`) has too. */
const KILLS = 6;

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
      hours: 1,
      say: () => undefined,
    });
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("are hit in every part", () => {
    expect(report.kills.map((kill) => kill.victim).toSorted()).toEqual(VICTIMS.slice(0, KILLS).toSorted());
    expect(report.kills.every((kill) => kill.processes > 0)).toBe(true);
  });

  it("ran before and after: bars, features, versions and promotions are there", () => {
    for (const table of ["bars", "feature_rows", "datasets", "run_metrics", "model_versions", "model_transitions", "lake (objects)"]) {
      expect(report.comparisons.find((one) => one.name === table)?.rows[1], table).toBeGreaterThan(0);
    }
  });

  it("end with the rows, objects and versions of those that were left alone", () => {
    if (!report.is_equal) throw new Error(renderStorm(report));
  });

  it("leave no process", () => workplace.untilNothingRuns());
});
