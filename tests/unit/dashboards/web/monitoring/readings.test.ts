import { describe, expect, it } from "vitest";
import { isShownOnly, limitLines, limitSentence, type Rule } from "../../../../../dashboards/web/src/pages/monitoring/limits.ts";
import { isCount, showOf, showSeconds } from "../../../../../dashboards/web/src/pages/monitoring/readingForm.ts";
import {
  noteOf,
  ofPair,
  pairOf,
  type Reading,
  unknownReasons,
  worstOf,
} from "../../../../../dashboards/web/src/pages/monitoring/readings.ts";
import { modelNameOf } from "../../../../../shared/models/modelName.ts";
import { CHECKS } from "../../../../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../../../../shared/monitoring/thresholds.ts";

const PAIRS = ["USD_SGD", "EUR_USD"];
const rule = (over: Partial<Rule>): Rule => ({
  ...{ check: "freshness", metric: "bar_age_h", unit: "market hours", bad: "above", warning: 1, breach: 2, min_n: 0, reason: "" },
  ...over,
});
const unknown = (subject: string, reason?: string) =>
  ({ subject, status: "unknown", details: reason === undefined ? {} : { reason } }) as unknown as Reading;

describe("whose a subject is", () => {
  it("is the pair's: itself, its model, and its features; a source is nobody's", () => {
    expect(["USD_SGD", "USD_SGD/rsi_14", modelNameOf("EUR_USD"), "lion_ledger", "USD_SGDX", ""].map((one) => pairOf(one, PAIRS))).toEqual([
      "USD_SGD",
      "USD_SGD",
      "EUR_USD",
      null,
      null,
      null,
    ]);
  });

  it("who looks at one pair sees its own and what is no pair's", () => {
    const all = ["USD_SGD", "EUR_USD/vol", "ledger"].map((subject) => ({ subject }));
    expect(ofPair(all, "USD_SGD", PAIRS).map(({ subject }) => subject)).toEqual(["USD_SGD", "ledger"]);
    expect(ofPair(all, "", PAIRS)).toEqual(all);
  });
});

describe("what readings say", () => {
  it("a whole is as bad as its worst part", () => {
    expect([worstOf(["ok", "breach", "unknown"]), worstOf(["ok", "unknown"]), worstOf([])]).toEqual(["breach", "unknown", null]);
  });

  it("why some are not known, each reason once", () => {
    expect(unknownReasons([unknown("a", "few"), unknown("b", "few"), unknown("c")])).toEqual([
      { reason: "few", subjects: ["a", "b"] },
      { reason: "no reason given", subjects: ["c"] },
    ]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ reason: "no bar has closed" }, "no bar has closed"],
    [{ named: ["a", "b", "c", "d", "e", "f", "g"], missing: 7 }, "7 missing; a, b, c, d, e and 2 more"],
    [{ by_reason: { crossed: 3, late: 0 } }, "crossed: 3"],
    [{ worst: [{ feature: "vol_60" }, { feature: "rsi_14" }, null] }, "most in vol_60, rsi_14"],
    [{ level: 0.9 }, "made for 90 %"],
    [{ named: [], by_dag: {}, curve: [] }, ""],
  ])("beside its number: %o", (details, said) => {
    expect(noteOf({ details, status: "ok" })).toBe(said);
  });

  it("what is older than it should be names its newest", () => {
    expect(noteOf({ details: { newest: "2026-11-30T18:00:00Z" }, status: "breach" })).toBe("newest: 2026-11-30T18:00:00Z");
    expect(noteOf({ details: { newest: "2026-11-30T18:00:00Z" }, status: "ok" })).toBe("");
  });
});

describe("limits", () => {
  const hours = showOf("market hours");

  it.each<[Partial<Rule>, string]>([
    [{}, "Normal: at most 1.00 h; above 2.00 h is a breach."],
    [{ breach: null }, "Normal: at most 1.00 h."],
    [{ warning: null }, "Normal: at most 2.00 h."],
    [{ bad: "below", warning: 2, breach: 1 }, "Normal: at least 2.00 h; below 1.00 h is a breach."],
    [{ bad: "away_from_zero", breach: null }, "Normal: within 1.00 h of 0."],
    [{ bad: "away_from_zero", warning: 0 }, "Normal: no farther from 0 than chance takes it; beyond 2.00 h on either side is a breach."],
    [{ bad: "none", warning: null, breach: null }, "Shown, and judged by nobody."],
    [{ unit: "0 or 1", bad: "below", warning: 0.5, breach: null }, "Normal: yes."],
  ])("in a sentence: %o", (over, said) => {
    expect(limitSentence(rule(over), hours)).toBe(said);
  });

  it("as lines, on both sides of 0 where both are bad", () => {
    expect(limitLines(rule({}))).toEqual([
      { value: 1, kind: "warning" },
      { value: 2, kind: "breach" },
    ]);
    expect(limitLines(rule({ bad: "away_from_zero", warning: 0 })).map(({ value }) => value)).toEqual([2, -2]);
    expect(limitLines(rule({ bad: "none" }))).toEqual([]);
    expect([isShownOnly(rule({})), isShownOnly(rule({ bad: "none" }))]).toEqual([false, true]);
  });
});

describe("values", () => {
  it("have the unit's own form, one of something in the singular, and a dash where there is none", () => {
    const said = ["share", "market hours", "bp", "0 or 1", "tasks"].map((unit) => showOf(unit)(1));
    expect(said).toEqual(["100.0 %", "1.00 h", "1.0 bp", "yes", "1 task"]);
    expect([showOf("0 or 1")(0), showOf("rows")(3), showOf("share")(null), showOf("0 or 1")(null), showSeconds(null)]).toEqual([
      "no",
      "3 rows",
      "–",
      "–",
      "–",
    ]);
    expect([showSeconds(0.0125), showSeconds(90)]).toEqual(["13 ms", "90 s"]);
  });

  it("of every metric that is measured are written in a form of their own, or counted", () => {
    const units = new Set(CHECKS.flatMap((check) => Object.values(METRIC_RULES[check]).map(({ unit }) => unit)));
    expect([...units].filter(isCount).sort()).toEqual(["features", "feeds", "gaps", "lines", "messages", "rows", "runs", "tasks"]);
  });
});
