import { useAnswer } from "../../api/useAnswer.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";

/** GET /health, a line a component. */
export function Components() {
  const health = useAnswer("GET /health");
  return (
    <Card
      title="Components"
      about="As GET /health finds them. Down: predictions cannot be made without a database, an online store and models. Degraded: something works less well, and the line says what. A finding is up to 30 seconds old where looking costs a write."
    >
      <Answered answer={health} height={200}>
        {({ components, time, status }) => (
          <>
            <p class="monitoring-normal">
              <State state={status} /> looked at <Time at={Math.min(Date.parse(time), now.value)} with_seconds with_age />
            </p>
            <Table
              caption="What GET /health says"
              rows={Object.entries(components)}
              keyOf={([name]) => name}
              columns={[
                { name: "component", show: ([name]) => name.replaceAll("_", " "), is_head: true },
                { name: "status", show: ([, found]) => <State state={found.status} /> },
                { name: "what it says", show: ([, { detail }]) => <span class="breaks">{detail}</span> },
              ]}
            />
          </>
        )}
      </Answered>
    </Card>
  );
}
