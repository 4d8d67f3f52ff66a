import type { AlertView } from "../../../shared/contracts/monitoring.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { withStack } from "../stack/withStack.ts";
import { wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const LIMIT = 50;
const COLUMNS = 79;
const INDENT = "  ";

export const alertsCommand: Command = {
  name: "alerts",
  summary: "what the monitoring found wrong: the alerts that fire",
  positionals: [],
  options: {
    all: { type: "boolean", help: "those that have ended as well, the newest first" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "An alert fires when two runs of the monitoring in a row find the same trouble, and ends with the first run that finds it gone.",
  ],
  async run(context, args) {
    const query = { limit: LIMIT, ...(args.values["all"] === true ? {} : { state: "firing" as const }) };
    const { alerts, total_entries } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.alerts(query),
    );
    const text = args.values["json"] === true ? JSON.stringify(alerts) : renderAlerts(alerts, total_entries);
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** A block an alert: a sentence of what is wrong is wider than a column of a table. */
export function renderAlerts(alerts: readonly AlertView[], total: number): string {
  if (alerts.length === 0) return "No alerts.";
  const more = total > alerts.length ? [`${alerts.length} of ${counted(total, "alert")}`] : [];
  return [...alerts.map(renderAlert), ...more].join("\n\n");
}

function renderAlert({ severity, state, check, summary, starts_at, ends_at }: AlertView): string {
  const head = state === "firing" ? severity.toUpperCase() : `resolved ${severity}`;
  const span = ends_at === null ? `since ${starts_at}` : `${starts_at} to ${ends_at}`;
  return `${head}  ${check}  ${span}\n${INDENT}${wrapText(summary, COLUMNS - INDENT.length, INDENT)}`;
}
