import { OWN_BARS } from "../../../../../shared/features/barsOf.ts";
import { AskError } from "../../api/askError.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { viewsByFeature } from "./catalogueLines.ts";
import { Distribution } from "./Distribution.tsx";
import { DRIFT_EMPTY } from "./DriftTab.tsx";
import { DriftTable } from "./DriftTable.tsx";
import { Facts } from "./Facts.tsx";
import { figureOf } from "./figureOf.ts";
import { lookbackOf } from "./lookbackOf.ts";
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
                  ["unit", found.unit.replaceAll("_", " ")],
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
            <Readers services={found.services} />
            <Against feature={found.name} stored_in={found.view} />
            {found.lookback !== null && <ValuesInTime reference={found.ref} name={found.name} unit={found.unit} />}
          </div>
        </>
      )}
    </Answered>
  );
}

function Readers({ services }: { readonly services: readonly string[] }) {
  const catalogue = useCatalogue();
  return (
    <Card title="Who reads it" is_wide>
      <Answered answer={catalogue} height={60}>
        {({ catalogue: { services: known } }) => {
          const models = known.flatMap(({ name, model }) => (model !== null && services.includes(name) ? [model] : []));
          const others = services.length - models.length;
          return (
            <>
              {models.length === 0 ? (
                <p>No model in Production.</p>
              ) : (
                <ul class="features-readers">
                  {models.map(({ name, version }) => (
                    <li key={name}>
                      <a href={hrefOf("models", [name, version])}>
                        {name}/{version}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
              {others > 0 && (
                <details>
                  <summary class="quiet">{others} lists of what the next training may read</summary>
                  <p class="quiet">{services.filter((name) => !models.some((model) => model.name === name)).join(", ")}</p>
                </details>
              )}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function Against({ feature, stored_in }: { readonly feature: string; readonly stored_in: string }) {
  const drift = useDrift();
  const pair = instrument.value || (instruments.value[0] ?? "");
  const catalogue = useCatalogue();
  const viewOf = viewsByFeature(catalogue.data?.lists ?? []);
  const read_in = viewOf.get(feature);
  return (
    <Card
      title="Now against training"
      about="The last four weeks beside the training set of each model in Production: PSI, what chance alone gives on so many rows, and what is missing."
      is_wide
    >
      {read_in === stored_in && pair !== "" && <Distribution pair={pair} feature={feature} />}
      <Answered answer={drift} height={120} is_empty={({ rows }) => rows.length === 0} empty={DRIFT_EMPTY}>
        {({ rows }) => (
          <DriftTable
            caption={`${feature} against training`}
            rows={rows.filter(
              (row) => read_in === stored_in && row.feature === feature && (instrument.value === "" || row.instrument === instrument.value),
            )}
            viewOf={viewOf}
            empty={
              read_in === undefined || read_in === stored_in ? (
                "No model in Production reads it, so that there is no training set to compare it with."
              ) : (
                <>
                  Models read the same from <a href={hrefOf("features", [read_in, feature])}>{read_in}</a>, which has the comparison.
                </>
              )
            }
          />
        )}
      </Answered>
    </Card>
  );
}
