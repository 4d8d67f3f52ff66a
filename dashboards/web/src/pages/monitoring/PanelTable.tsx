import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Rule } from "./limits.ts";
import type { Show } from "./readingForm.ts";
import { noteOf, type Reading } from "./readings.ts";

/** Readings of a panel as a table: value, interval, observations, status, and what each says beside its number. */
export function PanelTable({
  caption,
  readings,
  show,
  rule,
}: {
  readonly caption: string;
  readonly readings: readonly Reading[];
  readonly show: Show;
  readonly rule?: Rule | undefined;
}) {
  return (
    <>
      <Table
        caption={`${caption}: readings`}
        rows={readings}
        keyOf={({ metric, subject }) => `${metric}/${subject}`}
        columns={[
          { name: "of", show: ({ subject }) => subject || "the whole", is_head: true },
          { name: "now", show: ({ value, status }) => (status === "unknown" ? "not known" : show(value)), is_number: true },
          {
            name: "95 % interval",
            show: ({ low, high, status }) =>
              status === "unknown" || low === null || high === null ? "–" : `${show(low)} to ${show(high)}`,
            is_number: true,
          },
          { name: "n", show: ({ n }) => n ?? "–", is_number: true },
          { name: "status", show: ({ status }) => <State state={status} /> },
          { name: "measured", show: ({ measured_at }) => <Time at={measured_at} is_short /> },
          { name: "besides", show: (reading) => noteOf(reading) },
        ]}
      />
      {rule !== undefined && <p class="about">{rule.reason}</p>}
    </>
  );
}
