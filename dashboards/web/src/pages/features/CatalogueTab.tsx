import { hrefOf, place, setQuery } from "../../state/address.ts";
import { chosen, instrument } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { Table } from "../../ui/Table.tsx";
import { featureLines, matchingLines } from "./catalogueLines.ts";
import { FeatureTable } from "./FeatureTable.tsx";
import { KINDS, lifetimeOf } from "./lifetimeOf.ts";
import { useCatalogue, type WholeCatalogue } from "./useCatalogue.ts";

/** So many are shown before all are asked for. */
const AT_FIRST = 40;
const READ = ["all", "models", "none"] as const;
const READ_TEXTS = { all: "all", models: "models in Production", none: "no model" } as const;

/** Views, features and the lists that models read. */
export function CatalogueTab() {
  const answer = useCatalogue();
  return (
    <Answered answer={answer} height={400}>
      {(whole) => (
        <>
          <Views whole={whole} />
          <Features whole={whole} />
          <Lists whole={whole} />
        </>
      )}
    </Answered>
  );
}

function Features({ whole: { views, lists } }: { readonly whole: WholeCatalogue }) {
  const lines = featureLines(views, lists);
  const names = [...new Set(lines.map(({ feature }) => feature.view))];
  const layers = [...new Set(lines.map(({ layer }) => layer))].filter(Boolean);
  const words = place.value.query.get("q") ?? "";
  const view = chosen("view", names, "");
  const layer = chosen("layer", layers, "");
  const read = chosen("read", READ, "all");
  const found = matchingLines(lines, { words, view, layer, read });
  const shows_all = found.length <= AT_FIRST || place.value.query.get("all") === "1";
  const anyOf = (values: readonly string[]) => [{ value: "", text: "all" }, ...values.map((value) => ({ value, text: value }))];
  return (
    <Card
      title={`Features (${found.length === lines.length ? lines.length : `${found.length} of ${lines.length}`})`}
      about="Each is computed by one definition, for training and for serving alike: formula and warm-up are what the code says of itself."
      is_wide
    >
      <search class="features-filter">
        <SearchField
          label="Search"
          value={words}
          hint="name, formula, unit …"
          onSearch={(said) => setQuery({ q: said === "" ? null : said }, { replace: true })}
        />
        <Choice label="View" value={view} options={anyOf(names)} onChoose={(value) => setQuery({ view: value || null })} />
        <Choice label="Layer" value={layer} options={anyOf(layers)} onChoose={(value) => setQuery({ layer: value || null })} />
        <Choice
          label="Read by"
          value={read}
          options={READ.map((value) => ({ value, text: READ_TEXTS[value] }))}
          onChoose={(value) => setQuery({ read: value === "all" ? null : value })}
        />
      </search>
      <FeatureTable
        caption="Features with their formula, unit, source, lookback and version"
        lines={shows_all ? found : found.slice(0, AT_FIRST)}
        empty={
          <>
            No feature fits all of that.{" "}
            <button type="button" class="button button-small" onClick={() => setQuery({ q: null, view: null, layer: null, read: null })}>
              Show all
            </button>
          </>
        }
      />
      {!shows_all && (
        <p class="features-more">
          <button type="button" class="button" onClick={() => setQuery({ all: "1" }, { replace: true })}>
            Show all {found.length}
          </button>
        </p>
      )}
    </Card>
  );
}

function Views({ whole: { catalogue } }: { readonly whole: WholeCatalogue }) {
  return (
    <Card title="Views" about="Features are kept in views: rows of one kind, made together and served for the same time." is_wide>
      <Table
        caption="Feature views"
        rows={catalogue.views}
        keyOf={({ name }) => name}
        columns={[
          { name: "view", is_head: true, show: ({ name }) => <a href={hrefOf("features", [name])}>{name}</a> },
          { name: "what it is", show: ({ description }) => <div class="features-said">{description}</div> },
          { name: "rows", show: ({ kind }) => <span title={KINDS[kind]}>{kind.replaceAll("_", " ")}</span> },
          { name: "features", is_number: true, show: ({ features }) => features.length },
          { name: "made of", show: ({ source }) => source.join(", ") },
          { name: "served for", show: (view) => lifetimeOf(view) },
          { name: "made by", show: ({ owner }) => owner },
          {
            name: "tags",
            show: ({ tags }) =>
              Object.entries(tags)
                .map(([name, value]) => `${name}: ${value}`)
                .join(", "),
          },
        ]}
      />
    </Card>
  );
}

function Lists({ whole: { catalogue } }: { readonly whole: WholeCatalogue }) {
  const own = catalogue.services.filter((service) => instrument.value === "" || service.instrument === instrument.value);
  return (
    <Card
      title="Lists that models read"
      about="A feature service is the exact ordered list of one model. Where no version is named it is what the next training may read."
      is_wide
    >
      {catalogue.unreadable_services.map(({ name, reason }) => (
        <p key={name} class="failed">
          The list of {name} cannot be read: {reason}
        </p>
      ))}
      <Table
        caption="Feature services"
        rows={own.toSorted((one, other) => Number(other.model !== null) - Number(one.model !== null))}
        keyOf={({ name }) => name}
        columns={[
          { name: "service", is_head: true, show: ({ name }) => name },
          { name: "pair", show: ({ instrument: pair }) => pair },
          {
            name: "read by",
            show: ({ model }) =>
              model === null ? (
                <span class="quiet">what the next training may read</span>
              ) : (
                <a href={hrefOf("models", [model.name, model.version])}>
                  {model.name}/{model.version}
                </a>
              ),
          },
          { name: "features", is_number: true, show: ({ features }) => features },
          { name: "of", show: ({ views }) => views.map(({ view }) => view).join(", ") },
          { name: "with each question", show: ({ request_fields }) => request_fields.join(", ") || "–" },
          { name: "hash", show: ({ feature_set_hash }) => <code>{feature_set_hash}</code> },
        ]}
      />
    </Card>
  );
}
