import { formatDuration } from "../../functions/local/text/formatDuration.ts";
import { renderTable } from "../../functions/local/text/table.ts";
import { VICTIMS, type Victim } from "./keptStack.ts";
import type { LoadReport } from "./runLoad.ts";
import type { History, StormReport } from "./runStorm.ts";

const HASH_DIGITS = 12;

/** The report for people: what was killed, what that cost, and table by table whether it left a trace. */
export function renderStorm(report: StormReport): string {
  return [
    renderKills(report),
    renderHistories(report),
    renderComparisons(report),
    ...renderDifferences(report),
    ...(report.faults.length > 0 ? [`Faults:\n${report.faults.map((fault) => `  ${fault}`).join("\n")}`] : []),
    ...(report.load ? [renderLoad(report.load)] : []),
    report.is_equal
      ? `Equal: ${report.kills.length} kills left no trace (seed ${report.seed}).`
      : `DIFFERENT. Run it again with --seed ${report.seed}.`,
  ].join("\n\n");
}

function renderKills({ kills }: StormReport): string {
  const victims = [...new Set<Victim>([...VICTIMS, ...kills.map(({ victim }) => victim).toSorted()])];
  const rows = victims.flatMap((victim) => {
    const own = kills.filter((kill) => kill.victim === victim);
    if (own.length === 0) return [];
    const mended = own.map((kill) => kill.mended_after_ms).toSorted((a, b) => a - b);
    const middle = mended[Math.floor(mended.length / 2)] ?? 0;
    return [[victim, String(own.length), formatDuration(middle), formatDuration(mended.at(-1) ?? 0)]];
  });
  const title = (name: string) => ({ title: name, align: "right" as const });
  return renderTable([{ title: "killed" }, title("times"), title("mended in (median)"), title("longest")], rows);
}

export function renderLoad({
  kills,
  orderly,
  per_second,
  seconds,
  acknowledged,
  failures,
  refused,
  missing,
  wrong_features,
}: LoadReport): string {
  const reasons = Object.entries(refused).map(([reason, count]) => `${count} with ${reason}`);
  return [
    `Under load: ${per_second} predictions a second were asked for during ${seconds.toFixed(0)} s, with ${kills.length} kills and ${orderly} orderly ends.`,
    `${acknowledged} were answered, ${failures} were not (${reasons.map((reason) => `${reason}, `).join("")}at the others the connection broke). ${missing.length} of the answered ones are missing in the log.`,
    ...missing.slice(0, 10).map((id) => `  missing ${id}`),
    wrong_features.length === 0
      ? "Their logged features are those of the feature store."
      : "Logged features that are not those of the feature store:",
    ...wrong_features.slice(0, 10).map((line) => `  ${line}`),
  ].join("\n");
}

function renderHistories({ undisturbed, disturbed }: StormReport): string {
  const right = (title: string) => ({ title, align: "right" as const });
  const cells = (name: string, { ms, moves, runs, tries, errors }: History) => [
    name,
    formatDuration(ms),
    String(moves),
    String(runs),
    String(tries),
    Object.entries(errors)
      .map(([code, count]) => `${code} ${count}`)
      .join(", ") || "none",
  ];
  const columns = [{ title: "history" }, right("took"), right("moves"), right("runs"), right("tries"), { title: "failed tries" }];
  return renderTable(columns, [cells("undisturbed", undisturbed), cells("disturbed", disturbed)]);
}

function renderComparisons({ comparisons }: StormReport): string {
  const rows = comparisons.map(({ name, rows: [expected, found], sha256, is_equal }) => [
    name,
    String(expected),
    String(found),
    sha256[0].slice(0, HASH_DIGITS),
    sha256[1].slice(0, HASH_DIGITS),
    is_equal ? "equal" : "DIFFERENT",
  ]);
  const right = (title: string) => ({ title, align: "right" as const });
  return renderTable([{ title: "table" }, right("rows"), right("found"), { title: "sha256" }, { title: "found" }, { title: "" }], rows);
}

function renderDifferences({ comparisons }: StormReport): string[] {
  return comparisons
    .filter((one) => !one.is_equal)
    .map(({ name, missing, extra, first_missing, first_extra }) =>
      [
        `${name}: ${missing} rows are missing, ${extra} should not be there`,
        ...first_missing.map((row) => `  missing ${row.slice(0, 600)}`),
        ...first_extra.map((row) => `  extra   ${row.slice(0, 600)}`),
      ].join("\n"),
    );
}
