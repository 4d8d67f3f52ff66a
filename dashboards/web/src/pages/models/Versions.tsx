import type { AnswerAt } from "../../api/ask.ts";
import { hrefOf } from "../../state/address.ts";
import { Card } from "../../ui/Card.tsx";
import { Estimate } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { BesideBaseline } from "./BesideBaseline.tsx";
import { gatesInShort, gatesOf } from "./gates.ts";
import type { Move } from "./move.ts";
import { bestBaseline, estimateOf } from "./runFacts.ts";
import { Skill } from "./Skill.tsx";
import { stageTone } from "./stageTone.ts";

type Version = AnswerAt<"GET /api/models/{name}">["versions"][number];

/** All versions, the newest first. */
export function Versions({
  name,
  versions,
  onMove,
}: {
  readonly name: string;
  readonly versions: readonly Version[];
  readonly onMove: (move: Move) => void;
}) {
  const newest_first = versions.toSorted((a, b) => Number(b.version) - Number(a.version));
  return (
    <Card
      title="Versions"
      about="Figures are out of fold and outside the rollover. A version that failed a check stays in Staging with its name, so that it can be looked at."
      is_wide
    >
      <Table
        caption={`Versions of ${name}`}
        rows={newest_first}
        keyOf={({ version }) => version}
        empty="No version yet: model_training registers one at the end of each run."
        columns={[
          {
            name: "version",
            is_head: true,
            show: ({ version }) => <a href={hrefOf("models", [name, version])}>version {version}</a>,
          },
          { name: "stage", show: ({ current_stage }) => <State tone={stageTone(current_stage)}>{current_stage}</State> },
          { name: "trained", show: ({ creation_timestamp }) => <Time at={creation_timestamp} /> },
          { name: "checks", show: ({ tags }) => gatesInShort(gatesOf(tags)) },
          { name: "skill", show: ({ skill }) => <Skill skill={skill} /> },
          {
            name: "accuracy, and the best baseline's",
            is_number: true,
            show: ({ metrics }) => (
              <>
                <Estimate of={estimateOf(mapOf(metrics), "outside_rollover_accuracy")} is_share />
                <BesideBaseline of={bestBaseline(mapOf(metrics), "outside_rollover")} />
              </>
            ),
          },
          {
            name: "a trade, net",
            is_number: true,
            show: ({ metrics }) => (
              <Estimate of={estimateOf(mapOf(metrics), "outside_rollover_net_bp")} form={{ digits: 2, is_signed: true, unit: "bp" }} />
            ),
          },
          {
            name: <span class="unseen">actions</span>,
            show: ({ version, current_stage }) =>
              current_stage !== "Production" && (
                <button type="button" class="button button-small" onClick={() => onMove({ action: "promote", version })}>
                  Promote …
                </button>
              ),
          },
        ]}
      />
    </Card>
  );
}

function mapOf(metrics: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(Object.entries(metrics));
}
