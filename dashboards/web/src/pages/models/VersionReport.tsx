import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf, setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { State } from "../../ui/State.tsx";
import { Time } from "../../ui/Time.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { Confusion } from "./Confusion.tsx";
import { Files } from "./Files.tsx";
import { Gates } from "./Gates.tsx";
import { Importance } from "./Importance.tsx";
import { Metrics } from "./Metrics.tsx";
import { Origin } from "./Origin.tsx";
import { Pnl } from "./Pnl.tsx";
import { Reliability } from "./Reliability.tsx";
import { HOURS, HOURS_TEXT, type Hours } from "./runFacts.ts";
import { SeedsAndFolds } from "./SeedsAndFolds.tsx";
import { Skill } from "./Skill.tsx";
import { stageTone } from "./stageTone.ts";

type Version = AnswerAt<"GET /api/models/{name}">["versions"][number];

const MINUTE = 60_000;

/** All that is known of one version, as a report that can be printed. */
export function VersionReport({ name, version }: { readonly name: string; readonly version: string }) {
  // Of hundreds of versions with all that was measured of each it is megabytes.
  const model = useAnswer("GET /api/models/{name}", { params: { name } }, { refresh_ms: 5 * MINUTE });
  if (model.error?.status === 404) {
    return (
      <Missing title="There is no such model" back={{ href: hrefOf("models"), text: "All models" }}>
        {model.error.message}
      </Missing>
    );
  }
  return (
    <Answered answer={model} height={500}>
      {({ versions }) => {
        const found = versions.find((one) => one.version === version);
        if (found) return <Report version={found} />;
        return (
          <Missing title={`${name} has no version ${version}`} back={{ href: hrefOf("models", [name]), text: `All versions of ${name}` }}>
            {versions.length === 0 ? "It has no version yet." : `It has ${versions.length}, the newest is ${versions.at(-1)!.version}.`}
          </Missing>
        );
      }}
    </Answered>
  );
}

function Report({ version }: { readonly version: Version }) {
  const { name, version: number } = version;
  const params = { name, version: number };
  const hours = chosen<Hours>("hours", HOURS, "outside_rollover");
  const evaluation = useAnswer("GET /api/models/{name}/versions/{version}/evaluation", { params }, { refresh_ms: null });
  const outcomes = useAnswer("GET /api/models/{name}/versions/{version}/outcomes", { params }, { refresh_ms: null });
  return (
    <div class="models-report">
      <PageHead title={`${name}, version ${number}`}>
        <a href={hrefOf("models", [name])}>All versions of it</a>. Trained <Time at={version.creation_timestamp} />, now{" "}
        <State tone={stageTone(version.current_stage)}>{version.current_stage}</State>
      </PageHead>
      <p class="models-verdict">
        <Skill skill={version.skill} /> {version.skill_reason}
      </p>
      <div class="models-report-actions">
        <Switch
          label="Hours that figures are of"
          value={hours}
          options={HOURS.map((value) => ({ value, text: HOURS_TEXT[value] }))}
          onChoose={(value) => setQuery({ hours: value === "outside_rollover" ? null : value }, { replace: true })}
        />
        <button type="button" class="button button-small" onClick={() => print()}>
          Print this report
        </button>
      </div>
      <div class="cards models-cards">
        <Metrics evaluation={evaluation} hours={hours} />
        <Gates tags={version.tags} />
        <Pnl outcomes={outcomes} tags={version.tags} />
        <Breakdown evaluation={evaluation} />
        <Reliability name={name} version={number} />
        <Importance evaluation={evaluation} />
        <Confusion outcomes={outcomes} hours={hours} />
        <SeedsAndFolds evaluation={evaluation} />
        <Origin version={version} />
        <Files name={name} version={number} />
      </div>
    </div>
  );
}
