import type { ComponentChildren } from "preact";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { ReadingState } from "./ReadingState.tsx";
import { showOf } from "./readingForm.ts";
import { noteOf, type Reading, unknownReasons } from "./readings.ts";
import { type Check, useReadings, useRule } from "./useReadings.ts";

export interface MatrixRow {
  readonly metric: string;
  readonly text: string;
}

/** Several metrics of all pairs at one glance: a row a metric, a column a pair. */
export function PairMatrix({
  check,
  rows,
  title,
  about,
  fills,
}: {
  readonly check: Check;
  readonly rows: readonly MatrixRow[];
  readonly title: string;
  readonly about: ComponentChildren;
  readonly fills?: string;
}) {
  const readings = useReadings(check);
  const pairs = instruments.value.filter((pair) => instrument.value === "" || pair === instrument.value);
  const of = (all: readonly Reading[], metric: string, pair: string) => all.find((one) => one.metric === metric && one.subject === pair);
  return (
    <Card title={title} about={about} is_wide>
      <Answered
        answer={readings}
        height={160}
        is_empty={({ readings: all }) => !all.some(({ metric }) => rows.some((row) => row.metric === metric))}
        empty={fills ?? "Nothing is measured yet: the pipeline monitoring measures every 15 minutes."}
      >
        {({ readings: all }) => (
          <>
            <Table
              caption={`${title}: readings`}
              rows={rows}
              keyOf={({ metric }) => metric}
              columns={[
                { name: "what", show: ({ text }) => <span class="monitoring-what">{text}</span>, is_head: true },
                ...pairs.map((pair) => ({
                  name: pair,
                  show: ({ metric }: MatrixRow) => {
                    const reading = of(all, metric, pair);
                    return reading === undefined ? <span class="missing">–</span> : <MatrixCell reading={reading} />;
                  },
                })),
              ]}
            />
            <NotKnown
              readings={all.filter(({ metric, subject }) => rows.some((row) => row.metric === metric) && pairs.includes(subject))}
            />
          </>
        )}
      </Answered>
    </Card>
  );
}

/** Why cells are not known, each reason once: a number of too few observations would be taken for one. */
function NotKnown({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <>
      {unknownReasons(readings).map(({ reason, subjects }) => (
        <p key={reason} class="monitoring-unknown">
          <State state="unknown">not known</State> {reason} ({[...new Set(subjects)].join(", ")}).
        </p>
      ))}
    </>
  );
}

function MatrixCell({ reading }: { readonly reading: Reading }) {
  const { check, metric, status, unit, value, low, high, n } = reading;
  const rule = useRule(check, metric);
  const show = showOf(unit);
  const note = noteOf(reading);
  return (
    <span class="monitoring-cell" {...(note === "" ? {} : { title: note })}>
      <ReadingState status={status} rule={rule}>
        <span class="number">{status === "unknown" ? "not known" : show(value)}</span>
      </ReadingState>
      {status !== "unknown" && low !== null && high !== null && (
        <span class="quiet number">
          {show(low)} to {show(high)}
        </span>
      )}
      {n !== null && <span class="quiet number">n {n}</span>}
    </span>
  );
}
