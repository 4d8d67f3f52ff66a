import { type FreshnessAnswer, readFreshness } from "../../../shared/contracts/featureFreshness.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { withStack } from "../stack/withStack.ts";
import { describeTtl } from "../text/describeTtl.ts";
import { formatDuration } from "../text/formatDuration.ts";
import { renderTable } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export const featuresFreshnessCommand: Command = {
  name: "features freshness",
  summary: "how old the newest features are, stored and online",
  positionals: [],
  options: {
    instrument: { type: "string", value: "PAIR", help: "of one pair alone" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: ["Ages of market features count while the market is open. Ends with 1 when a row is older than its time to live, or missing."],
  async run(context, args) {
    const instrument = textOption(args, "instrument");
    const query = instrument === null ? {} : { instrument };
    const answer = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.call(readFreshness, { query }),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(answer) : renderFreshness(answer)}\n`);
    return answer.stale > 0 ? 1 : 0;
  },
};

export function renderFreshness({ rows, stale, at }: FreshnessAnswer): string {
  const titles = ["pair", "view", "newest row", "age", "of open market", "time to live", "", "online"];
  const lines = rows.map((row) => [
    row.instrument,
    row.view,
    row.event_time ?? "-",
    ageText(row.age_seconds),
    ageText(row.market_age_seconds),
    describeTtl(row),
    row.is_stale ? (row.event_time === null ? "MISSING" : "STALE") : "fresh",
    onlineText(row.online),
  ]);
  const whole =
    stale === 0
      ? `All ${rows.length} are fresh at ${at}.`
      : `${stale} of ${rows.length} ${byCount(stale, "is", "are")} stale or missing at ${at}.`;
  return [
    renderTable(
      titles.map((title) => ({ title })),
      lines,
    ),
    "",
    whole,
  ].join("\n");
}

function ageText(seconds: number | null): string {
  return seconds === null ? "-" : formatDuration(seconds * SECOND);
}

function onlineText({ state, event_time }: FreshnessAnswer["rows"][number]["online"]): string {
  return state === "behind" ? `behind: ${event_time}` : state;
}
