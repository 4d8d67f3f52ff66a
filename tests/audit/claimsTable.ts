import { renderTable } from "../../functions/local/text/table.ts";
import { wilsonInterval } from "../../shared/metrics/accuracy.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { meanInterval } from "../../shared/metrics/meanInterval.ts";
import type { LaterRow } from "./nextMonth.ts";

export interface AuditedModel {
  readonly instrument: string;
  readonly month: string;
  readonly promoted: boolean;
  readonly failed_checks: readonly string[];
  readonly skill: string;
  readonly old_skill_shown: boolean;
  /** Without a split in a fold. */
  readonly constant_folds: number;
  readonly later: readonly LaterRow[];
}

/** How the hours after training went for one group of models, out of the rollover or in it. */
interface Later {
  readonly rows: number;
  readonly accuracy: Interval | null;
  readonly gain_nats: Interval | null;
  readonly net_bp: Interval | null;
}

export interface Group {
  readonly name: string;
  readonly models: number;
  readonly promoted: number;
  readonly outside_rollover: Later;
  readonly rollover: Later;
}

/** The models by their skill word, by the word that they would have had, and all. */
export function groupsOf(models: readonly AuditedModel[]): Group[] {
  const group = (name: string, belongs: (model: AuditedModel) => boolean): Group => {
    const own = models.filter(belongs);
    const rows = own.flatMap(({ later }) => later).sort((a, b) => a.event_time - b.event_time);
    return {
      name,
      models: own.length,
      promoted: own.filter(({ promoted }) => promoted).length,
      outside_rollover: laterOf(rows.filter(({ in_rollover }) => !in_rollover)),
      rollover: laterOf(rows.filter(({ in_rollover }) => in_rollover)),
    };
  };
  return [
    group("all", () => true),
    ...["none", "statistical", "net_of_costs"].map((word) => group(`skill ${word}`, ({ skill }) => skill === word)),
    group("old rule: skill shown", ({ old_skill_shown }) => old_skill_shown),
    group("old rule: not shown", ({ old_skill_shown }) => !old_skill_shown),
  ];
}

/** Rows of the same hour over several pairs are one cluster; those of accuracy are taken as independent. */
function laterOf(rows: readonly LaterRow[]): Later {
  const priced = rows.filter(({ net_bp }) => Number.isFinite(net_bp));
  const times = (list: readonly LaterRow[]) => list.map(({ event_time }) => event_time);
  return {
    rows: rows.length,
    accuracy: wilsonInterval(rows.filter(({ is_right }) => is_right).length, rows.length),
    gain_nats: meanInterval(
      rows.map(({ gain_nats }) => gain_nats),
      { clusters: times(rows), lag: 24 },
    ),
    net_bp: meanInterval(
      priced.map(({ net_bp }) => net_bp),
      { clusters: times(priced), lag: 24 },
    ),
  };
}

export function renderGroups(groups: readonly Group[]): string {
  const columns = [
    { title: "models" },
    { title: "number", align: "right" },
    { title: "promoted", align: "right" },
    { title: "hours of the next month" },
    { title: "rows", align: "right" },
    { title: "accuracy, %", align: "right" },
    { title: "log loss gain, 1e-5 nats", align: "right" },
    { title: "bp a trade", align: "right" },
  ] as const;
  const lines = groups.flatMap(({ name, models, promoted, outside_rollover, rollover }) => [
    [name, String(models), String(promoted), "outside the rollover", ...cells(outside_rollover)],
    ["", "", "", "rollover", ...cells(rollover)],
  ]);
  return renderTable(columns, lines);
}

function cells({ rows, accuracy, gain_nats, net_bp }: Later): string[] {
  return [String(rows), interval(accuracy, 100, 1), interval(gain_nats, 1e5, 1), interval(net_bp, 1, 2)];
}

function interval(value: Interval | null, scale: number, digits: number): string {
  if (value === null) return "-";
  const [estimate, low, high] = [value.estimate, value.low, value.high].map((end) => (end * scale).toFixed(digits));
  return `${estimate} (${low} to ${high})`;
}
