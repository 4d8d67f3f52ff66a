import { describe, expect, it } from "vitest";
import { mlmodelYaml } from "../../../shared/mlflow/mlmodelYaml.ts";
import { type ModelCard, modelArtifactKeys, modelCardSchema, sourceKeys } from "../../../shared/models/modelCard.ts";
import { modelCardMarkdown } from "../../../shared/models/modelCardMarkdown.ts";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { openModelCard, sealModelCard } from "../../../shared/models/modelSeal.ts";

const CARD: ModelCard = {
  name: "fx-usdsgd-predictor",
  instrument: "USD_SGD",
  run_id: "0123456789abcdef0123456789abcdef",
  views: [
    { view: "market_features", schema_hash: "a" },
    { view: "news_features", schema_hash: "n" },
  ],
  feature_names: ["ret_1"],
  feature_set_hash: "b",
  horizon_bars: 1,
  dataset: "c",
  trained_until: Date.UTC(2025, 5, 25),
  library_version: "3.4.1",
  seeds: [1, 2],
  format: "xgboost",
  origin: "here",
  calibration: { kind: "platt", slope: 0.8, intercept: 0.01, rows: 4_000 },
  return_interval: null,
  skill: "statistical",
  skill_reason: "Better than every baseline.",
  judged_rows: 4_000,
  accuracy: { estimate: 0.53, low: 0.51, high: 0.55 },
  baseline: { name: "momentum", accuracy: 0.51 },
  net_bp: null,
};

describe("the model card", () => {
  it("survives JSON, and refuses what is missing", () => {
    expect(modelCardSchema.parse(JSON.parse(JSON.stringify(CARD)))).toEqual(CARD);
    const { calibration: _c, return_interval: _r, format: _f, origin: _o, ...required } = CARD;
    for (const key of Object.keys(required)) expect(modelCardSchema.safeParse({ ...CARD, [key]: undefined }).success, key).toBe(false);
  });
});

describe("what is no card", () => {
  it("is one of a view without its schema", () => {
    const { views: _, ...rest } = CARD;
    expect(modelCardSchema.safeParse({ ...rest, view: "market_features" }).success).toBe(false);
  });

  it.each([null, undefined, 5, "text", []])("%j is refused, not thrown over", (value) => {
    expect(modelCardSchema.safeParse(value).success).toBe(false);
  });

  it("of a card that says both words, the later rule's counts", () => {
    expect(modelCardSchema.parse({ ...CARD, skill_shown: true })).toEqual(CARD);
  });
});

describe("the card for people", () => {
  it("says all of it, from what it claims to what it is not", () => {
    const card = { ...CARD, net_bp: { estimate: 0.125, low: 0.01, high: 0.25 } };
    expect(modelCardMarkdown(card, { ret_1: 0.75, b: 0.125, a: 0.125, unused: 0 })).toBe(
      `# fx-usdsgd-predictor

- **Skill: statistical.** Better than every baseline.
- **Accuracy:** 53.0 % (95 % interval 51.0 % to 55.0 %) on 4000 out-of-fold rows; momentum alone: 51.0 %.
- **After costs:** 0.13 basis points a trade (95 % interval 0.01 to 0.25), one trade a row in its direction, the spread paid: more than chance explains.

## What it says

The probability that USD_SGD closes the next hour higher than it opens. At 0.5 and above, /predict says bullish.

## How it was judged

On 4000 rows that it was not trained on (walk-forward, purged), outside the hours around 17:00 in New York. What it says of its own training rows is in no figure.

Its probabilities are calibrated (platt, fitted on 4000 out-of-fold rows) before they are served: calibration.json.

It gives no interval for the return: none could be tested.

## What it was made of

- training set: \`datasets/c.parquet\`, of what was known by 2025-06-25T00:00:00Z
- XGBoost 3.4.1, the mean by margin of 2 models (seeds 1, 2)
- 1 feature of market_features and news_features: feature_service.json

| feature | share of the gain |
|---|---|
| ret_1 | 75.0 % |
| a | 12.5 % |
| b | 12.5 % |

## What it is not

No advice, and no promise: figures of the past, on one market, with the spread as the only cost (no slippage beyond it, no swap).
`,
    );
  });

  it("names ten features at most, and has no table where there are none", () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, index / 66]));
    const rows = modelCardMarkdown(CARD, many).match(/^\| f\d+ \|/gm)!;
    expect(rows).toHaveLength(10);
    expect(rows[0]).toBe("| f11 |");
    expect(modelCardMarkdown(CARD, { f0: 0 })).not.toContain("|");
  });

  it.each<[string, Partial<ModelCard>, string]>([
    ["of no skill", { skill: "none" }, "**Skill: none shown.**"],
    ["of no accuracy", { accuracy: null }, "- **Accuracy:** not known.\n"],
    ["without a baseline", { baseline: null }, "on 4000 out-of-fold rows.\n"],
    ["without prices", { net_bp: null }, "- **After costs:** not known.\n"],
    [
      "of a gain that may be chance",
      { net_bp: { estimate: 1, low: 0, high: 2 } },
      "the spread paid: nothing that chance does not explain.",
    ],
    [
      "of a loss that may be chance",
      { net_bp: { estimate: -1, low: -2, high: 0 } },
      "the spread paid: nothing that chance does not explain.",
    ],
    ["of a loss", { net_bp: { estimate: -1, low: -2, high: -0.01 } }, "the spread paid: a loss."],
    ["of five hours", { horizon_bars: 5 }, "closes the next 5 hours higher"],
    ["of one seed", { seeds: [7] }, "the mean by margin of 1 model (seeds 7)"],
  ])("%s says so", (_what, change, words) => {
    expect(modelCardMarkdown({ ...CARD, ...change }, {})).toContain(words);
  });

  const realised_coverage = { estimate: 0.884, low: 0.87, high: 0.898 };
  const tested = { level: 0.9, realised_coverage, realised_rows: 1_700, rows: 1_800, missed_below: 0.06, missed_above: 0.056 };
  const rule = { volatility: "yang_zhang_vol_20", by_hour: Array<number>(24).fill(1), low: -2, high: 2, mean_width_bp: 30 };

  it("says what intervals held beside what they are made for, and that probabilities are calibrated", () => {
    const text = modelCardMarkdown({ ...CARD, return_interval: { ...rule, ...tested } }, {});
    expect(text).toContain("made to hold 90.0 %; of 1700 later rows they held 88.4 % (95 % interval 87.0 % to 89.8 %)");
    expect(text).toContain("calibrated (platt, fitted on 4000 out-of-fold rows)");
  });

  it("and that there are none", () => {
    const text = modelCardMarkdown({ ...CARD, calibration: { kind: "none" } }, {});
    expect(text).toContain("It gives no interval for the return");
    expect(text).toContain("served as the trees say them");
  });
});

const DEFAULTS = { calibration: { kind: "none" }, format: "xgboost", origin: "here" };

describe("a card from before calibration, and before models were trained elsewhere", () => {
  it("serves what the trees say", () => {
    const { calibration: _, format: _f, origin: _o, ...old } = CARD;
    expect(modelCardSchema.parse(old)).toEqual({ ...old, ...DEFAULTS });
  });

  it("and is still the one that was sealed", () => {
    const { calibration: _, format: _f, origin: _o, ...old } = CARD;
    const model = new TextEncoder().encode("{}");
    const sealed = new TextEncoder().encode(sealModelCard(old as ModelCard, model));
    expect(openModelCard(sealed, model, "s")).toEqual({ card: { ...old, ...DEFAULTS }, is_verified: true });
  });

  it("but one whose calibration was changed since is not", () => {
    const model = new TextEncoder().encode("{}");
    const changed = sealModelCard(CARD, model).replace('"slope": 0.8', '"slope": 2.8');
    expect(() => openModelCard(new TextEncoder().encode(changed), model, "s")).toThrow(
      /model_card.json is not the file that was registered/,
    );
  });
});

describe("a card from before models read news", () => {
  it("names one view, and is read as a card of that view alone", () => {
    const { views: _, ...rest } = CARD;
    const old = { ...rest, view: "market_features", schema_hash: "a" };
    expect(modelCardSchema.parse(old)).toEqual({ ...rest, views: [{ view: "market_features", schema_hash: "a" }] });
  });
});

describe("a card from before models had their present names", () => {
  it("is read with the present one, and its seal holds", () => {
    const model = new TextEncoder().encode("{}");
    const text = sealModelCard({ ...CARD, name: "USD_SGD_direction_h1" }, model);
    expect(openModelCard(new TextEncoder().encode(text), model, "s")).toEqual({ card: CARD, is_verified: true });
  });
});

describe("a card from before skill was judged outside the rollover", () => {
  it.each([true, false])("that said skill_shown %s claims nothing now, and says why", (skill_shown) => {
    const { seeds: _s, skill: _k, skill_reason: _r, judged_rows: _j, accuracy: _a, baseline: _b, net_bp: _n, ...rest } = CARD;
    const card = modelCardSchema.parse({ ...rest, skill_shown });
    expect(card).toEqual({ ...rest, seeds: [], ...UNJUDGED });
    expect(card).toMatchObject({ skill: "none", accuracy: null, baseline: null, skill_reason: expect.stringMatching(/earlier rule/) });
  });

  it("and read no news, is read too", () => {
    const { views: _, seeds: _s, skill: _k, ...rest } = CARD;
    expect(modelCardSchema.parse({ ...rest, view: "market_features", schema_hash: "a", skill_shown: true })).toMatchObject({
      views: [{ view: "market_features", schema_hash: "a" }],
      skill: "none",
    });
  });
});

describe("where a model's files are", () => {
  it("a version's source leads to the files that the run wrote", () => {
    const keys = modelArtifactKeys(CARD.run_id);
    expect(sourceKeys(keys.source)).toMatchObject({ json: keys.json, card: keys.card });
    expect(keys.json).toBe(`models/${CARD.run_id}/artifacts/model/model.json`);
    expect(Object.values(keys).every((key) => key.startsWith(keys.root))).toBe(true);
  });

  it("the descriptor says how MLflow opens them", () => {
    expect(mlmodelYaml(CARD).split("\n")).toEqual(
      expect.arrayContaining([
        "artifact_path: model",
        "    data: model.ubj",
        "    xgb_version: 3.4.1",
        `  inputs: '[{"type":"double","name":"ret_1","required":true}]'`,
        `run_id: ${CARD.run_id}`,
        "utc_time_created: '2025-06-25 00:00:00'",
      ]),
    );
  });
});
