import type { ModelOutcomes } from "../../../../../shared/contracts/modelOutcomes.ts";

type Counts = ModelOutcomes["confusion"]["all"];

/** What was said as rows, with how often it came true. Shares are null where nothing of the kind was said. */
export interface ConfusionRow {
  readonly said: "rise" | "no rise";
  readonly came_rise: number;
  readonly came_no_rise: number;
  readonly rows: number;
  readonly right_share: number | null;
}

export function confusionRows(counts: Counts): readonly ConfusionRow[] {
  const row = (said: ConfusionRow["said"], came_rise: number, came_no_rise: number): ConfusionRow => {
    const rows = came_rise + came_no_rise;
    return { said, came_rise, came_no_rise, rows, right_share: rows === 0 ? null : (said === "rise" ? came_rise : came_no_rise) / rows };
  };
  return [
    row("rise", counts.said_rise_came_rise, counts.said_rise_came_no_rise),
    row("no rise", counts.said_no_rise_came_rise, counts.said_no_rise_came_no_rise),
  ];
}
