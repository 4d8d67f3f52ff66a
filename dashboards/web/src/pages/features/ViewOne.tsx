import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { featureLines } from "./catalogueLines.ts";
import { Facts } from "./Facts.tsx";
import { FeatureTable } from "./FeatureTable.tsx";
import { FreshnessTable } from "./FreshnessTable.tsx";
import { KINDS, lifetimeOf } from "./lifetimeOf.ts";
import { unitLabel } from "./unitLabel.ts";
import { useCatalogue, type View, type WholeCatalogue } from "./useCatalogue.ts";

/** One view: what its rows are, how fresh they are, and every feature of it. */
export function ViewOne({ view: name }: { readonly view: string }) {
  const answer = useCatalogue();
  return (
    <Answered answer={answer} height={400}>
      {(whole) => {
        const view = whole.views.find((one) => one.name === name);
        if (view !== undefined) return <Shown view={view} whole={whole} />;
        return (
          <Missing title="There is no such view" back={{ href: hrefOf("features"), text: "All views and features" }}>
            {`No feature view is named “${name}”. There are ${whole.views.map((one) => one.name).join(", ")}.`}
          </Missing>
        );
      }}
    </Answered>
  );
}

function Shown({ view, whole }: { readonly view: View; readonly whole: WholeCatalogue }) {
  const lines = featureLines(whole.views, whole.lists);
  const listed = new Set(view.features.map((feature) => `${feature.view}:${feature.name}`));
  const own = lines.filter(({ feature }) => listed.has(`${feature.view}:${feature.name}`));
  const layer = view.tags["layer"];
  const has_rows = view.kind === "rows" || view.kind === "pushed";
  return (
    <>
      <PageHead title={view.name}>{view.description}</PageHead>
      <p>
        <a href={hrefOf("features")}>All views and features</a>
        {view.kind !== "articles" && view.request_fields.length === 0 && (
          <>
            {" · "}
            <a href={hrefOf("features", [], { show: "row", of: view.name })}>Its row at a moment</a>
          </>
        )}
      </p>
      <div class="features-cards">
        <Card title="What it is" is_wide>
          <Facts
            facts={[
              ["rows", KINDS[view.kind] ?? view.kind],
              ["features", view.features.length],
              ["made of", view.source.map((one) => (isView(one, whole) ? <a href={hrefOf("features", [one])}>{one} </a> : `${one} `))],
              ["served for", lifetimeOf(view)],
              ["made by", view.owner],
              ["layer", layer ?? "–"],
              ...Object.entries(view.tags)
                .filter(([tag]) => tag !== "layer")
                .map(([tag, value]) => [tag, value] as const),
              ["schema", <code>{view.schema_hash}</code>],
              ...(view.retired_schema_hashes.length > 0
                ? [["still built for models that read it", <code>{view.retired_schema_hashes.join(", ")}</code>] as const]
                : []),
              ...(view.push_source !== null ? [["pushed as", <code>{view.push_source}</code>] as const] : []),
              ...view.request_fields.map(
                ({ name, unit, description }) => [`with each question: ${name}`, `${description} (${unitLabel(unit)})`] as const,
              ),
            ]}
          />
        </Card>
        {has_rows && <Fresh view={view.name} is_pushed={view.kind === "pushed"} />}
        <Card title={`Features (${own.length})`} is_wide>
          <FeatureTable caption={`Features of ${view.name}`} lines={own} />
        </Card>
      </div>
    </>
  );
}

function isView(name: string, { views }: WholeCatalogue): boolean {
  return views.some((view) => view.name === name);
}

function Fresh({ view, is_pushed }: { readonly view: string; readonly is_pushed: boolean }) {
  const pair = instrument.value;
  const answer = useAnswer("GET /api/features/freshness", { query: pair === "" ? {} : { instrument: pair } });
  return (
    <Card title="Freshness" is_wide>
      <Answered answer={answer} height={200}>
        {({ rows }) => (
          <FreshnessTable
            rows={rows.filter((row) => row.view === view)}
            caption={`Newest rows of ${view}`}
            empty={
              is_pushed
                ? "Nobody has sent a row yet: POST /push takes them under the name that the view is pushed as."
                : "There is no row yet: the pipeline that makes the view has not run."
            }
          />
        )}
      </Answered>
    </Card>
  );
}
