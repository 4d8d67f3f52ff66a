import { useState } from "preact/hooks";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { InProduction } from "./InProduction.tsx";
import { MoveDialog } from "./MoveDialog.tsx";
import { Moves } from "./Moves.tsx";
import type { Move } from "./move.ts";
import { ProductionRecord } from "./ProductionRecord.tsx";
import { Versions } from "./Versions.tsx";

const MINUTE = 60_000;

/** One model: what is in Production and what it did there, its versions, and every move between stages. */
export function ModelView({ name }: { readonly name: string }) {
  // Of hundreds of versions with all that was measured of each it is megabytes.
  const model = useAnswer("GET /api/models/{name}", { params: { name } }, { refresh_ms: 5 * MINUTE });
  const [asked, setAsked] = useState<{ readonly move: Move; readonly current: string | null } | null>(null);
  if (model.error?.status === 404) {
    return (
      <Missing title="There is no such model" back={{ href: hrefOf("models"), text: "All models" }}>
        {model.error.message}
      </Missing>
    );
  }
  return (
    <>
      <PageHead title={name}>
        <a href={hrefOf("models")}>All models</a>. A version is one training; one of them is in Production and answers. What was in
        Production, and who put it there, is never forgotten.
      </PageHead>
      <Answered answer={model} height={300}>
        {({ versions, pinned, rollback_version }) => {
          const current = versions.find(isInProduction) ?? null;
          // As it was shown when they chose: what is shown behind an open dialog may change.
          const choose = (move: Move) => setAsked({ move, current: current?.version ?? null });
          return (
            <div class="cards">
              <InProduction
                name={name}
                version={current}
                pinned={pinned ?? null}
                rollback_version={rollback_version ?? null}
                onMove={choose}
              />
              <ProductionRecord name={name} />
              <Versions name={name} versions={versions} onMove={choose} />
              <Moves name={name} />
            </div>
          );
        }}
      </Answered>
      {asked !== null && <MoveDialog name={name} move={asked.move} current={asked.current} onClose={() => setAsked(null)} />}
    </>
  );
}

function isInProduction({ current_stage }: { readonly current_stage: string }): boolean {
  return current_stage === "Production";
}
