import { useState } from "preact/hooks";
import type { DeadLetterView } from "../../../../../shared/contracts/reprocess.ts";
import { ask } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Confirm } from "../../ui/Confirm.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { jsonOf, problemIn, valueIn } from "./formValues.ts";
import { refreshAll } from "./refreshAll.ts";
import { TextField } from "./TextField.tsx";

const MOST = 20;

/** Messages of the reprocess queue that could not be obeyed, and their replay. */
export function DeadLetters() {
  const letters = useAnswer("GET /api/dead-letters", { query: { limit: MOST } });
  const [replayed, setReplayed] = useState<DeadLetterView | null>(null);
  return (
    <>
      <Answered
        answer={letters}
        is_empty={({ total_entries }) => total_entries === 0}
        empty="None. A message that asks for an unknown pipeline, or cannot be read, is kept here."
      >
        {({ dead_letters, total_entries }) => (
          <>
            <Table
              caption="Dead letters"
              rows={dead_letters}
              keyOf={({ id }) => id}
              columns={[
                { name: "received", is_head: true, show: ({ received_at }) => <Time at={received_at} with_age /> },
                { name: "what was wrong", show: ({ error }) => error },
                {
                  name: "replay",
                  show: (letter) =>
                    letter.replayed_at === null ? (
                      <button type="button" class="button button-small" onClick={() => setReplayed(letter)}>
                        Replay …
                      </button>
                    ) : (
                      <State tone="good">
                        replayed <Time at={letter.replayed_at} is_short />
                      </State>
                    ),
                },
              ]}
            />
            {total_entries > dead_letters.length && <p class="quiet">{total_entries - dead_letters.length} more are not shown.</p>}
          </>
        )}
      </Answered>
      {replayed && <Replay letter={replayed} onClose={() => setReplayed(null)} />}
    </>
  );
}

function Replay({ letter, onClose }: { readonly letter: DeadLetterView; readonly onClose: () => void }) {
  const kept = JSON.stringify(letter.body, null, 2);
  const [text, setText] = useState(kept);
  const read = jsonOf(text);
  return (
    <Confirm
      title="Replay a dead letter"
      verb="Replay it"
      can_act={valueIn(read) !== undefined}
      act={async () => {
        const corrected = text === kept ? {} : { body: valueIn(read) };
        const made = await ask("POST /api/dead-letters/{id}/replay", { params: { id: letter.id }, body: corrected });
        notices.good("replayed", `It became backfill ${made.id} of ${made.dag_id}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p class="failed">{letter.error}</p>
      <p>Correct the message where it is wrong. It is obeyed as if it came now, and becomes a backfill.</p>
      <TextField label="Message (JSON)" lines={10} value={text} onChoose={setText} problem={problemIn(read)} />
    </Confirm>
  );
}
