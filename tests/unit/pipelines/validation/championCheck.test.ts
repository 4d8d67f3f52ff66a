import { beforeAll, describe, expect, it } from "vitest";
import { readModelCard } from "../../../../functions/pipelines/common/productionModel.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { championAnswers } from "../../../../functions/pipelines/validation/championAnswers.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { CHALLENGE_RULE } from "../../../../shared/validation/judgeChallenge.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { NAME, NOON, runTraining, type Trained, trained, validate } from "../../../support/models/trainedModel.ts";

/** The champion, a challenger of five days later, and one of eight days later, all of the same kind of noise. */
const [FIRST, YOUNG, OLD] = [NOON - 8 * DAY, NOON - 3 * DAY, NOON];

let done: Trained;
beforeAll(async () => {
  const { ports, reports } = await trained();
  done = { ports: { ...ports, config: { ...ports.config, challenge: CHALLENGE_RULE } }, reports };
  ports.clock.set(NOON);
  for (const [index, end] of [FIRST, YOUNG, OLD].entries()) await runTraining(done, end, `run-of-${index}`);
});
const tagsOf = async (version: string) => (await done.ports.tracking.version(NAME, version))!.tags;

describe("champion and challenger", () => {
  it("the first sound version comes to Production, skill shown or not", async () => {
    expect(await validate(done, "2", FIRST)).toMatchObject({ kind: "success", report: { version: "2" } });
    expect(await tagsOf("2")).toMatchObject({
      champion_check: expect.stringMatching(/^passed: no version is in Production/),
      skill: "none",
    });
  });

  it("one that is no better stays in Staging while the champion is young, says why, and is no less sound for it", async () => {
    expect(await validate(done, "3", YOUNG)).toEqual({ kind: "skipped", reason: `${NAME}/3 stays in Staging: champion_check failed.` });
    const tags = await tagsOf("3");
    expect(tags["champion_check"]).toMatch(
      /^failed: version 2 is in Production: not better by more than chance; log loss minus the champion's \S+ \(95 % interval \S+ to \S+\) nats on \d+ rows .* 5\.0 days older, and 7 make it old$/,
    );
    expect(
      Object.entries(tags)
        .filter(([, text]) => text.startsWith("failed: "))
        .map(([name]) => name),
    ).toEqual(["champion_check"]);
  });

  it("one that is not worse takes the place of a champion that has become old", async () => {
    expect(await validate(done, "4", OLD)).toMatchObject({ kind: "success", report: { version: "4" } });
    expect((await tagsOf("4"))["champion_check"]).toMatch(
      /^passed: version 2 is in Production: not shown to be worse than an old champion/,
    );
  });

  it("whoever does it again finds the champion of before, and the same verdict", async () => {
    const before = await tagsOf("4");
    await validate(done, "4", OLD);
    expect(await tagsOf("4")).toEqual(before);
  });

  it("a champion whose files were changed serves nobody, and is replaced at once", async () => {
    const source = (await done.ports.tracking.version(NAME, "2"))!.source;
    const get = async (key: string) => (key === `${source}/model.json` ? new Uint8Array([1]) : done.ports.lake.get(key));
    const ports = { ...done.ports, lake: { ...done.ports.lake, get } };
    await validate({ ...done, ports }, "3", YOUNG);
    expect((await tagsOf("3"))["champion_check"]).toMatch(/^passed: version 2 is in Production and cannot answer: .* SHA-256 is another/);
  });
});

describe("what a champion says of rows that it was not trained on", () => {
  it("is what its folds' models said until its data ends, and what serves after that, with the rows that each was trained on", async () => {
    const { ports } = done;
    const [champion, challenger] = [(await ports.tracking.version(NAME, "2"))!, (await ports.tracking.version(NAME, "4"))!];
    const [card, evaluation] = [await readModelCard(ports, challenger), await readEvaluation(ports, champion.run_id)];
    const lines: string[] = [];
    const { answers, broken } = await championAnswers(ports, { log: (line) => void lines.push(line) }, champion, card);
    expect([broken, lines]).toEqual([null, []]);
    const own = (await readDataset(ports, evaluation.dataset)).set;
    const [tested, trained_rows] = [evaluation.out_of_fold.rows, own.y.length];
    const later = [...answers].filter(([event_time]) => event_time >= FIRST);
    expect(later.length).toBeGreaterThan(100);
    expect(answers.size).toBe(tested.length + later.length);
    expect(later.every(([, answer]) => answer.trained_rows === trained_rows)).toBe(true);
    for (const [index, row] of tested.entries()) {
      expect(answers.get(own.event_time[row]!)?.p, String(row)).toBe(evaluation.out_of_fold.predictions[index]);
      // What answers was trained on rows before it alone.
      expect(answers.get(own.event_time[row]!)!.trained_rows).toBeLessThanOrEqual(row);
    }
    // The kept model looks at the last return alone; the row of the last training row's moment is the first that it may answer.
    expect(Math.min(...later.map(([event_time]) => event_time))).toBe(FIRST);
    const set = (await readDataset(ports, card.dataset)).set;
    const ret_1 = set.features[set.feature_names.indexOf("ret_1")]!;
    const rows = new Map(Array.from(set.event_time, (time, row) => [time, row]));
    expect(later.every(([time, { p }]) => p > 0.5 === ret_1[rows.get(time)!]! < 0)).toBe(true);
  });

  it("of other formulas is what it said out of fold alone, and of a model that cannot be read nothing; the log says which", async () => {
    const { ports } = done;
    const [champion, challenger] = [(await ports.tracking.version(NAME, "2"))!, (await ports.tracking.version(NAME, "4"))!];
    const card = await readModelCard(ports, challenger);
    const said = async (given: typeof ports, views = card.views) => {
      const lines: string[] = [];
      const { answers } = await championAnswers(given, { log: (line) => void lines.push(line) }, champion, { ...card, views });
      return { times: [...answers.keys()], lines };
    };
    const other = await said(
      ports,
      card.views.map((view) => ({ ...view, schema_hash: "other" })),
    );
    expect(Math.max(...other.times)).toBeLessThan(FIRST - HOUR + 1);
    expect(other.lines).toEqual([expect.stringMatching(/^version 2, after its training: it reads market_features@/)]);
    const nothing = { ...ports, lake: { ...ports.lake, get: async () => null } };
    const none = await said(nothing);
    expect(none.times).toEqual([]);
    expect(none.lines).toEqual([
      expect.stringContaining("version 2, out of fold:"),
      expect.stringContaining("version 2, after its training:"),
    ]);
  });
});
