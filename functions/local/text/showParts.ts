import type { ModelRecord } from "../../../shared/contracts/modelRecord.ts";
import { counted } from "../../../shared/domain/counted.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { renderTable } from "./table.ts";

type Scores = ModelRecord["scores"];

/** F1, MCC, calibration and the parts of the Brier score in a sentence. */
export function describeScores({ f1, mcc, ece, ece_of_chance, brier_parts, intervals }: Scores, brier: Interval | null): string {
  const parts = [`F1 ${figure(intervals.f1, f1, 3)}`, `MCC ${figure(intervals.mcc, mcc, 3)}`];
  if (ece !== null) parts.push(`calibration error ${points(ece)}, of which ${points(ece_of_chance ?? 0)} are chance`);
  if (brier !== null && brier_parts !== null) {
    const [reliability, resolution, uncertainty, within] = [
      brier_parts.reliability,
      brier_parts.resolution,
      brier_parts.uncertainty,
      brier_parts.within_bins,
    ].map((part) => part.toFixed(5));
    parts.push(
      `Brier ${brier.estimate.toFixed(5)} = reliability ${reliability} - resolution ${resolution} + uncertainty ${uncertainty} + within bins ${within}`,
    );
  }
  return `model: ${parts.join("; ")}`;
}

/** Where and when it was what. */
export function renderParts(parts: ModelRecord["breakdown"]): string {
  const rows = parts
    .filter(({ by, key }) => by !== "hours" || key === "rollover")
    .map((part) => [
      part.by === "hours" ? "rollover, apart" : `${part.by} ${part.key}`,
      String(part.n),
      part.accuracy === null ? "-" : interval(part.accuracy, 1, 100),
      interval(part.log_loss_minus.base_rate ?? null, 0, 1e5),
      part.mcc === null ? "-" : part.mcc.toFixed(3),
      interval(part.net_bp, 2),
    ]);
  const columns = [
    { title: "" },
    { title: "bars", align: "right" },
    { title: "% right" },
    { title: "log loss minus base rate's, 1e-5" },
    { title: "MCC", align: "right" },
    { title: "bp a trade" },
  ] as const;
  return `${renderTable(columns, rows)}\nOf ${counted(rows.length, "part")}, one in twenty has an interval that leaves the truth out: nothing is claimed by a part.`;
}

function figure(of: Interval | null, estimate: number | null, digits: number): string {
  return of !== null ? interval(of, digits) : estimate === null ? "-" : estimate.toFixed(digits);
}

function interval(of: Interval | null, digits: number, scale = 1): string {
  if (of === null) return "-";
  const [estimate, low, high] = [of.estimate, of.low, of.high].map((value) => (value * scale).toFixed(digits));
  return `${estimate} [${low}, ${high}]`;
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)} points`;
}
