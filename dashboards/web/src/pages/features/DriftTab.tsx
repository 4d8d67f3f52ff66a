import { countRange } from "../../format/number.ts";
import { place, setQuery } from "../../state/address.ts";
import { chosen, instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Switch } from "../../ui/Choice.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { Time } from "../../ui/Time.tsx";
import { DriftChart } from "./DriftChart.tsx";
import { DriftTable } from "./DriftTable.tsx";
import { DRIFT_ORDERS, sortedDrift } from "./driftRows.ts";
import { useDrift } from "./useDrift.ts";

const ORDER_TEXTS = { psi: "largest PSI", chance: "most above chance", missing: "gaps changed most", name: "name" } as const;
const IN_CHART = 20;

export const DRIFT_EMPTY =
  "Nothing has been measured yet. The monitoring compares the last four weeks with the training set of each model in Production, once an hour.";

/** How the last four weeks look beside the training set, and how much is missing. */
export function DriftTab() {
  const answer = useDrift();
  const words = place.value.query.get("q") ?? "";
  const order = chosen("order", DRIFT_ORDERS, "psi");
  return (
    <Answered answer={answer} height={400} is_empty={({ rows }) => rows.length === 0} empty={DRIFT_EMPTY}>
      {({ rows, has_more }) => {
        const of_pair = rows.filter((row) => instrument.value === "" || row.instrument === instrument.value);
        const found = sortedDrift(
          of_pair.filter(({ feature }) => feature.toLowerCase().includes(words.trim().toLowerCase())),
          order,
        );
        const newest = found
          .map(({ measured_at }) => measured_at)
          .toSorted()
          .at(-1);
        const counts = found.flatMap(({ n }) => (n === null ? [] : [n]));
        return (
          <Card
            title={`Now against training (${found.length})`}
            about={
              <>
                PSI compares, in each tenth of the training set, the share of rows that fell there in training with that of the last four
                weeks: 0 is no difference. A few hundred rows never agree exactly; <em>by chance</em> is what PSI is on average when nothing
                has changed. A feature that moves slowly, like volatility, is far above that in most months: the check <code>drift</code>{" "}
                holds each against what was usual of it.
              </>
            }
            is_wide
          >
            {has_more && <p class="features-note">There are more readings than one answer holds: some features are not listed.</p>}
            <search class="features-filter">
              <SearchField
                label="Feature"
                value={words}
                hint="part of its name"
                onSearch={(said) => setQuery({ q: said === "" ? null : said }, { replace: true })}
              />
              <Switch
                label="In which order"
                value={order}
                options={DRIFT_ORDERS.map((value) => ({ value, text: ORDER_TEXTS[value] }))}
                onChoose={(value) => setQuery({ order: value === "psi" ? null : value })}
              />
              <span class="quiet">
                measured <Time at={newest} with_age />
                {counts.length > 0 && <> on {countRange(counts)} rows each</>}
              </span>
            </search>
            <DriftChart rows={found.slice(0, IN_CHART)} />
            <DriftTable
              caption="Features against the training set"
              rows={found}
              empty="No feature of that name is measured for this pair."
            />
          </Card>
        );
      }}
    </Answered>
  );
}
