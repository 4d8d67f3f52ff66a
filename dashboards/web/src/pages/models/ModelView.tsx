import { useState } from "preact/hooks";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { InProduction } from "./InProduction.tsx";
import { type Move, MoveDialog } from "./MoveDialog.tsx";
import { Moves } from "./Moves.tsx";
import { ProductionRecord } from "./ProductionRecord.tsx";
import { Versions } from "./Versions.tsx";

const MINUTE = 60_000;

/** One model: what is in Production and what it did there, its versions, and every move between stages. */
export function ModelView({ name }: { readonly name: string }) {
  // Of hundreds of versions with all that was measured of each it is megabytes.
  const model = useAnswer("GET /api/models/{name}", { params: { name } }, { refresh_ms: 5 * MINUTE });
  const [move, setMove] = useState<Move | null>(null);
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
        {({ versions, pinned }) => (
          <div class="cards">
            <InProduction name={name} version={versions.find(isInProduction) ?? null} pinned={pinned ?? null} onMove={setMove} />
            <ProductionRecord name={name} />
            <Versions name={name} versions={versions} onMove={setMove} />
            <Moves name={name} />
          </div>
        )}
      </Answered>
      {move !== null && <MoveDialog name={name} move={move} onClose={() => setMove(null)} />}
    </>
  );
}

function isInProduction({ current_stage }: { readonly current_stage: string }): boolean {
  return current_stage === "Production";
}
