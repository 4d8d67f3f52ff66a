import { OWN_BARS } from "../../../../../shared/features/barsOf.ts";
import { AskError } from "../../api/askError.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Distribution } from "./Distribution.tsx";
import { DRIFT_EMPTY } from "./DriftTab.tsx";
import { DriftTable } from "./DriftTable.tsx";
import { Facts } from "./Facts.tsx";
import { figureOf } from "./figureOf.ts";
import { lookbackOf } from "./lookbackOf.ts";
import { readersOfFeature } from "./readersOfFeature.ts";
import { unitLabel } from "./unitLabel.ts";
import { useCatalogue } from "./useCatalogue.ts";
import { useDrift } from "./useDrift.ts";
import { ValuesInTime } from "./ValuesInTime.tsx";

/** One feature: what it means, its formula, who reads it, how it stands to training, and its values of late. */
export function FeatureOne({ view, feature }: { readonly view: string; readonly feature: string }) {
  const answer = useAnswer("GET /api/features/views/{view}/{feature}", { params: { view, feature } }, { refresh_ms: null });
  if (answer.data === undefined && answer.error instanceof AskError && answer.error.status === 404)
    return (
      <Missing title="There is no such feature" back={{ href: hrefOf("features"), text: "All views and features" }}>
        {answer.error.message}
      </Missing>
    );
  return (
    <Answered answer={answer} height={400}>
      {(found) => (
        <>
          <PageHead title={found.name}>{found.description}</PageHead>
          <p>
            <a href={hrefOf("features")}>All features</a> · <a href={hrefOf("features", [view])}>{view}</a>
            {found.lookback !== null && (
              <>
                {" · "}
                <a href={hrefOf("features", [], { show: "row", of: view, feature: found.name, q: found.name })}>
                  Its value at a moment, and the bars behind it
                </a>
              </>
            )}
          </p>
          <div class="features-cards">
            <Card title="Definition" is_wide>
              {found.formula === null ? (
                <p class="quiet">It has no formula beside its description.</p>
              ) : (
                <pre class="features-whole-formula">{found.formula}</pre>
              )}
              <Facts
                facts={[
                  ["asked for as", <code>{found.ref}</code>],
                  ["kept in", found.view],
                  ["unit", unitLabel(found.unit)],
                  ["version", `${found.version} (goes up with every change of the formula)`],
                  ["looks back", lookbackOf(found)],
                  [
                    "known from",
                    found.warm_up === null ? "–" : lookbackOf({ lookback: found.warm_up, lookback_unit: found.lookback_unit }),
                  ],
                  ["may be", found.range === null ? "not checked" : `${figureOf(found.range.min)} to ${figureOf(found.range.max)}`],
                  ...(found.is_level ? [["kept for people", "a price or a tick count: no model is trained on it"] as const] : []),
                  ...(found.null_in_rows_of === null
                    ? []
                    : [["not known in rows of", `${found.null_in_rows_of}, the pair that it is about`] as const]),
                  ...(found.bars_of.some((one) => one !== OWN_BARS)
                    ? [["reads the bars of", found.bars_of.map((one) => (one === OWN_BARS ? "the row's pair" : one)).join(", ")] as const]
                    : []),
                  ...(found.inputs.length === 0 ? [] : [["computed from", found.inputs.join(", ")] as const]),
                ]}
              />
            </Card>
            <Readers feature={found} />
            <Against feature={found} />
            {found.lookback !== null && <ValuesInTime reference={found.ref} name={found.name} unit={found.unit} />}
          </div>
        </>
      )}
    </Answered>
  );
}

interface Named {
  readonly name: string;
  readonly view: string;
  readonly services: readonly string[];
}

function Readers({ feature }: { readonly feature: Named }) {
  const catalogue = useCatalogue();
  return (
    <Card title="Who reads it" is_wide>
      <Answered answer={catalogue} height={60}>
        {({ views, lists }) => {
          const { models, read_in } = readersOfFeature(views, lists, feature);
          const others = feature.services.filter((name) => !models.some((model) => model.name === name));
          return (
            <>
              {models.length === 0 ? (
                <p>No model in Production.</p>
              ) : (
                <>
                  {read_in !== null && (
                    <p>
                      Nobody from {feature.view}. These models in Production read the same from{" "}
                      <a href={hrefOf("features", [read_in, feature.name])}>{read_in}</a>:
                    </p>
                  )}
                  <ul class="features-readers">
                    {models.map(({ name, version }) => (
                      <li key={name}>
                        <a href={hrefOf("models", [name, version])}>
                          {name}/{version}
                        </a>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {others.length > 0 && (
                <details>
                  <summary class="quiet">{others.length} lists of what the next training may read</summary>
                  <p class="quiet">{others.join(", ")}</p>
                </details>
              )}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function Against({ feature }: { readonly feature: Named }) {
  const drift = useDrift();
  const pair = instrument.value || (instruments.value[0] ?? "");
  const { data } = useCatalogue();
  const { models, read_in } = readersOfFeature(data?.views ?? [], data?.lists ?? [], feature);
  const is_read_here = models.length > 0 && read_in === null;
  return (
    <Card
      title="Now against training"
      about="The last four weeks beside the training set of each model in Production: PSI, what chance alone gives on so many rows, and what is missing."
      is_wide
    >
      {is_read_here && pair !== "" && <Distribution pair={pair} feature={feature.name} />}
      <Answered answer={drift} height={120} is_empty={({ rows }) => rows.length === 0} empty={DRIFT_EMPTY}>
        {({ rows }) => (
          <DriftTable
            caption={`${feature.name} against training`}
            rows={rows.filter(
              (row) => is_read_here && row.feature === feature.name && (instrument.value === "" || row.instrument === instrument.value),
            )}
            empty={
              read_in !== null ? (
                <>
                  Models read the same from <a href={hrefOf("features", [read_in, feature.name])}>{read_in}</a>, which has the comparison.
                </>
              ) : is_read_here ? (
                "It is read, and not compared yet: the monitoring compares once an hour, from two weeks of rows on."
              ) : (
                "No model in Production reads it, so that there is no training set to compare it with."
              )
            }
          />
        )}
      </Answered>
    </Card>
  );
}
