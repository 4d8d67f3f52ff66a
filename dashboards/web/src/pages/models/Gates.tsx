import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import type { Tone } from "../../ui/tone.ts";
import { type Gate, gatesInShort, gatesOf } from "./gates.ts";

const TONES: Readonly<Record<Gate["verdict"], Tone>> = { passed: "good", failed: "bad", not_run: "none" };

/** What model_validation asked of the version before it could be promoted. */
export function Gates({ tags }: { readonly tags: Readonly<Record<string, string>> }) {
  const gates = gatesOf(tags);
  return (
    <Card
      title={`The checks before Production: ${gatesInShort(gates)}`}
      about="A version that fails one is not promoted, however good it looks. Passing them says that it is sound, and nothing of whether it has skill."
      is_wide
    >
      <Table
        caption="Checks of model_validation"
        rows={gates}
        keyOf={({ name }) => name}
        empty="model_validation has not judged this version yet, or it was admitted by a client of MLflow without these checks."
        columns={[
          { name: "verdict", show: ({ verdict }) => <State tone={TONES[verdict]}>{verdict.replace("_", " ")}</State> },
          {
            name: "check",
            is_head: true,
            show: ({ name, asks }) => (
              <div class="models-asks">
                {asks}
                <div class="quiet models-gate-name">{name}</div>
              </div>
            ),
          },
          { name: "what it measured", show: ({ measured }) => <span class="models-measured">{measured}</span> },
        ]}
      />
    </Card>
  );
}
