import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered, Empty } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Estimate, Figure } from "../../ui/Figure.tsx";
import { skillSentence } from "../../ui/skillSentence.ts";
import { Time } from "../../ui/Time.tsx";
import type { Move } from "./move.ts";

type Model = AnswerAt<"GET /api/models/{name}">;

/** What answers now, and the ways to change that by hand. */
export function InProduction({
  name,
  version,
  pinned,
  rollback_version,
  onMove,
}: {
  readonly name: string;
  readonly version: Model["versions"][number] | null;
  readonly pinned: NonNullable<Model["pinned"]> | null;
  /** What a rollback puts back; null: nothing was let in before. */
  readonly rollback_version: string | null;
  readonly onMove: (move: Move) => void;
}) {
  const models = useAnswer("GET /api/models");
  return (
    <Card
      title="In Production"
      is_wide
      actions={
        <>
          {rollback_version !== null && (
            <button type="button" class="button" onClick={() => onMove({ action: "rollback", version: rollback_version })}>
              Roll back …
            </button>
          )}
          {pinned !== null && (
            <button type="button" class="button" onClick={() => onMove({ action: "unpin", version: pinned.version })}>
              Unpin …
            </button>
          )}
        </>
      }
    >
      {version === null && (
        <Empty>
          No version is in Production, so that this model predicts nothing. model_validation puts the first one there that passes its
          checks; a person can promote one below.
        </Empty>
      )}
      {version !== null && (
        <Answered answer={models} height={90}>
          {({ models: all }) => {
            const found = all.find((one) => one.name === name);
            const claim = found?.production ?? null;
            return (
              <>
                <p>
                  <a href={hrefOf("models", [name, version.version])}>Version {version.version}</a>
                  {claim === null ? "." : `: ${skillSentence(claim)}`} <span class="quiet">{version.skill_reason}</span>
                </p>
                <div class="figures">
                  <Figure name="accuracy, out of fold">
                    <Estimate of={claim?.accuracy} is_share />
                  </Figure>
                  <Figure name="a trade, after the spread">
                    <Estimate of={claim?.net_bp} form={{ digits: 2, is_signed: true, unit: "bp" }} />
                  </Figure>
                  <Figure
                    name="on the record since"
                    note={
                      found?.live_since ? "answers about moments before that are replays" : "all its answers so far are replays of the past"
                    }
                  >
                    <Time at={found?.live_since} />
                  </Figure>
                </div>
              </>
            );
          }}
        </Answered>
      )}
      <p class="models-pin">
        {pinned === null ? (
          "Not pinned: the next version that passes its checks may replace it."
        ) : (
          <>
            Version {pinned.version} is pinned since <Time at={pinned.since} /> by {pinned.by.name}: “{pinned.reason}”. Others are judged,
            and not promoted.
          </>
        )}
      </p>
    </Card>
  );
}
