import { describeBacktest } from "../../../shared/backtest/describeBacktest.ts";
import { RECORD_BASELINES } from "../../../shared/backtest/judgeRecord.ts";
import type { ModelRecord } from "../../../shared/contracts/modelRecord.ts";
import { counted } from "../../../shared/domain/counted.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { describeScores, renderParts } from "./showParts.ts";
import { renderTable, wrapText } from "./table.ts";

const COLUMNS = 120;

/** A record for people: what was predicted beside what needs no model, what trading it left, and what that shows. */
export function renderRecord(record: ModelRecord): string {
  const { instrument, rows, versions, model, baselines, log_loss_minus, by_rule, every_direction, verdict } = record;
  const span = `${record.from.slice(0, 10)} to ${record.to.slice(0, 10)}`;
  const answered = versions.length === 1 ? `version ${versions[0]}` : counted(versions.length, "version");
  if (rows === 0) {
    return (
      `${instrument}, ${span}: no bar that a version in Production could answer, and whose outcome is known. ` +
      "A record begins when a version is promoted; npm run fx -- backfill makes one of the past."
    );
  }
  const table = renderTable(
    [{ title: "" }, { title: "accuracy" }, { title: "log loss" }, { title: "model minus it, 1e-5 nats" }],
    [
      ["model", share(model.accuracy), number(model.log_loss, 5), ""],
      ...RECORD_BASELINES.map((name) => [
        name,
        share(baselines[name].accuracy),
        number(baselines[name].log_loss, 5),
        number(log_loss_minus[name], 0, 1e5),
      ]),
    ],
  );
  const { long_above, short_below } = by_rule.rule;
  return [
    `${instrument}, ${span}: ${counted(rows, "bar")} outside the rollover, answered by ${answered} while in Production`,
    table,
    wrapText(describeScores(record.scores, model.brier), COLUMNS, "  "),
    renderParts(record.breakdown),
    wrapText(`every direction: ${describeBacktest(every_direction)}`, COLUMNS, "  "),
    wrapText(`above ${long_above} or below ${short_below}: ${describeBacktest(by_rule)}`, COLUMNS, "  "),
    `${instrument}: ${verdict}`,
  ].join("\n");
}

function share(interval: Interval | null): string {
  return interval === null
    ? "-"
    : `${(100 * interval.estimate).toFixed(1)} % [${(100 * interval.low).toFixed(1)}, ${(100 * interval.high).toFixed(1)}]`;
}

function number(interval: Interval | null, digits: number, scale = 1): string {
  if (interval === null) return "-";
  const [estimate, low, high] = [interval.estimate, interval.low, interval.high].map((value) => (value * scale).toFixed(digits));
  return `${estimate} [${low}, ${high}]`;
}
