import { beforeEach, expect, it } from "vitest";
import type { ServedRows } from "../../../functions/serving/currentRows.ts";
import { createRowAnswers, type RowAnswers, type RowQuestion } from "../../../functions/serving/rowAnswers.ts";
import type { ServedModel } from "../../../functions/serving/servedModel.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { alternatingRows, CLAIM, GOLD, newsRow } from "../../support/models/servingFixture.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const MARKET = alternatingRows(NOON, 1)[0]!;
const NEWS = newsRow(NOON, 0.5);
const QUESTION: RowQuestion = {
  rows: [MARKET, NEWS],
  states: ["fresh", "fresh"],
  event_time: NOON,
  target: { start: NOON, end: NOON + HOUR, row_until: NOON + HOUR },
  target_ended: false,
  market_open: true,
  explains: false,
};

let scored: Float32Array[];
let explained: number;
let model: ServedModel;
let answers: RowAnswers;
beforeEach(() => {
  scored = [];
  explained = 0;
  const ret_1 = GOLD.features.findIndex(({ name }) => name === "ret_1");
  const signal = NEWS_FEATURES.features.findIndex(({ name }) => name === "pair_directional_signal");
  model = {
    card: { ...CLAIM, calibration: { kind: "none" }, return_interval: null },
    version: "1",
    views: [GOLD, NEWS_FEATURES],
    inputs: [
      { view: 0, position: ret_1 },
      { view: 1, position: signal },
    ],
    score: (inputs: Float32Array) => {
      scored.push(inputs);
      return 0.5 + (Number.isNaN(inputs[1]!) ? 0 : inputs[1]!) / 4;
    },
    explain: () => {
      explained += 1;
      return { explained };
    },
  } as unknown as ServedModel;
  answers = createRowAnswers([NEWS_FEATURES.name]);
});

it("scores a row once, however often it is asked about", async () => {
  const first = await answers.kept(model, QUESTION);
  expect(first).toMatchObject({ prediction: 0.625, features: [Math.fround(-0.001), 0.5], said: { features_used: 2, target_ended: false } });
  for (let times = 0; times < 100; times++) expect(await answers.kept(model, { ...QUESTION, rows: [...QUESTION.rows] })).toBe(first);
  expect(scored.length).toBe(1);
});

it.each<[string, Partial<RowQuestion>, object]>([
  ["another row of the market", { rows: [{ ...MARKET }, NEWS] }, {}],
  ["another row of news", { rows: [MARKET, newsRow(NOON, 1)] }, { prediction: 0.75 }],
  ["news that is no longer there", { rows: [MARKET, null] as ServedRows, states: ["fresh", "missing"] }, { prediction: 0.5 }],
  ["news that has gone stale", { states: ["fresh", "stale"] }, { prediction: 0.5, said: { view_states: { news_features: "stale" } } }],
  ["a market that has closed", { market_open: false }, { said: { market_open: false } }],
  ["a target that has ended", { target_ended: true }, { said: { target_ended: true } }],
])("answers anew about %s", async (_what, change, expected) => {
  await answers.kept(model, QUESTION);
  expect(await answers.kept(model, { ...QUESTION, ...change })).toMatchObject(expected);
  expect(scored.length).toBe(2);
});

it("keeps answers of each model, and with reasons and without, by themselves", async () => {
  const other = { ...model, version: "2" };
  for (let times = 0; times < 3; times++)
    for (const asked of [model, other]) for (const explains of [false, true]) await answers.kept(asked, { ...QUESTION, explains });
  expect([scored.length, explained]).toEqual([4, 2]);
});

it("keeps nothing of what is asked about the past", async () => {
  await answers.fresh(model, QUESTION);
  await answers.fresh(model, QUESTION);
  await answers.kept(model, QUESTION);
  expect(scored.length).toBe(3);
});
