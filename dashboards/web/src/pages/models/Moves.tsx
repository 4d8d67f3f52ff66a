import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf, place, setQuery } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { readOffset } from "./readOffset.ts";
import { stageTone } from "./stageTone.ts";

type Change = AnswerAt<"GET /api/models/{name}/history">["changes"][number];

const MOVES_A_PAGE = 50;

/** Every move between stages, and every change of an alias, the latest first: who, when, why, from what to what. */
export function Moves({ name }: { readonly name: string }) {
  const offset = readOffset(place.value.query.get("moves"));
  const history = useAnswer("GET /api/models/{name}/history", { params: { name }, query: { limit: MOVES_A_PAGE, offset } });
  const show = (at: number) => setQuery({ moves: at === 0 ? null : String(at) });
  return (
    <Card
      title="Every move between stages"
      about="When it holds from, and when this store wrote it down: in a replay of the past the two are far apart."
      is_wide
    >
      <Answered
        answer={history}
        height={160}
        is_empty={({ changes }) => changes.length === 0}
        empty={
          offset > 0 ? (
            <button type="button" class="button button-small" onClick={() => show(0)}>
              There are not so many moves. Show the latest
            </button>
          ) : (
            "Nothing was moved yet: model_training puts a new version in Staging, and model_validation from there in Production."
          )
        }
      >
        {({ changes, total_entries }) => (
          <>
            <Table
              caption={`Moves of ${name} between stages`}
              rows={changes}
              keyOf={(_, index) => offset + index}
              columns={[
                { name: "holds from", show: ({ effective_at }) => <Time at={effective_at} with_seconds /> },
                { name: "written down", show: ({ recorded_at }) => <Time at={recorded_at} with_seconds /> },
                { name: "what", is_head: true, show: (change) => <What name={name} change={change} /> },
                { name: "from what to what", show: (change) => <FromTo change={change} /> },
                { name: "by", show: ({ by }) => `${by.name} (${by.kind})` },
                { name: "why", show: ({ reason }) => <span class="models-reason">{reason}</span> },
              ]}
            />
            <p class="models-pages">
              {offset > 0 && (
                <button type="button" class="button button-small" onClick={() => show(Math.max(0, offset - MOVES_A_PAGE))}>
                  Later ones
                </button>
              )}
              {offset + changes.length < total_entries && (
                <button type="button" class="button button-small" onClick={() => show(offset + MOVES_A_PAGE)}>
                  Earlier ones
                </button>
              )}
              <span class="quiet">
                {offset + 1} to {offset + changes.length} of {total_entries}
              </span>
            </p>
          </>
        )}
      </Answered>
    </Card>
  );
}

function What({ name, change }: { readonly name: string; readonly change: Change }) {
  if (change.kind === "alias") return <>alias {change.alias}</>;
  return <a href={hrefOf("models", [name, change.version])}>version {change.version}</a>;
}

function FromTo({ change }: { readonly change: Change }) {
  if (change.kind === "alias") {
    const said = (version: string | null) => (version === null ? "none" : `version ${version}`);
    return (
      <>
        {said(change.from_version)} → {said(change.to_version)}
      </>
    );
  }
  return (
    <span class="models-move">
      <State tone={stageTone(change.from_stage)}>{change.from_stage}</State> →{" "}
      <State tone={stageTone(change.to_stage)}>{change.to_stage}</State>
    </span>
  );
}
