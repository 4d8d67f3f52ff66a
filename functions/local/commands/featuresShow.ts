import { unknownName } from "../../../shared/catalogue/findInCatalogue.ts";
import {
  type CatalogueAnswer,
  type FeatureInUse,
  type FeatureServiceView,
  type FeatureViewView,
  readCatalogue,
  readFeature,
  readFeatureService,
  readFeatureView,
} from "../../../shared/contracts/features.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { withStack } from "../stack/withStack.ts";
import { describeTtl } from "../text/describeTtl.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const COLUMNS = 120;

type Shown =
  | { readonly kind: "view"; readonly answer: FeatureViewView }
  | { readonly kind: "feature"; readonly answer: FeatureInUse }
  | { readonly kind: "service"; readonly answer: FeatureServiceView };

export const featuresShowCommand: Command = {
  name: "features show",
  summary: "a feature view, a feature or a feature service, explained",
  positionals: ["NAME"],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: [
    "NAME is a view (market_volatility), a feature (ret_1, or news_features:consensus), a service (fx-usdsgd-predictor), or the service of one version (fx-usdsgd-predictor@3).",
  ],
  async run(context, args) {
    const name = args.positionals[0] ?? "";
    const shown = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) => find(client, name));
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(shown.answer) : renderShown(shown)}\n`);
    return 0;
  },
};

async function find(client: WorkerClient, name: string): Promise<Shown> {
  const [view, feature] = name.split(":");
  if (view !== undefined && feature !== undefined) {
    return { kind: "feature", answer: await client.call(readFeature, { params: { view, feature } }) };
  }
  const catalogue = await client.call(readCatalogue, {});
  if (catalogue.views.some((one) => one.name === name)) {
    return { kind: "view", answer: await client.call(readFeatureView, { params: { view: name } }) };
  }
  const holder = catalogue.views.findLast(({ kind, features }) => HOLDERS.includes(kind) && features.includes(name));
  if (holder) return { kind: "feature", answer: await client.call(readFeature, { params: { view: holder.name, feature: name } }) };
  if (name.includes("@") || catalogue.services.some((one) => one.name === name)) {
    return { kind: "service", answer: await client.call(readFeatureService, { params: { service: name } }) };
  }
  throw unknownName("unknown_feature", "NAME", "view, feature or service", name, namesOf(catalogue));
}

/** Kinds of views that hold their features themselves, one a name. */
const HOLDERS: readonly string[] = ["rows", "on_demand"];

function namesOf({ views, services }: CatalogueAnswer): readonly string[] {
  const features = new Set(views.flatMap((view) => view.features));
  return [...views.map(({ name }) => name), ...services.map(({ name }) => name), ...features];
}

export function renderShown(shown: Shown): string {
  if (shown.kind === "feature") return renderFeature(shown.answer);
  return shown.kind === "view" ? renderView(shown.answer) : renderService(shown.answer);
}

function renderView(view: FeatureViewView): string {
  const facts = [
    `version ${view.schema_hash}`,
    `made of ${view.source.join(" and ")} by ${view.owner}`,
    ...(view.ttl_seconds === null ? [] : [`served for ${describeTtl(view)}`]),
    ...(view.kind === "on_demand" ? ["computed when it is asked for"] : []),
    ...(view.request_fields.length === 0 ? [] : [`each question brings ${view.request_fields.map(({ name }) => name).join(", ")}`]),
  ];
  const rows = view.features.map(({ name, version, unit, lookback, description }) => [
    name,
    String(version),
    unit,
    lookback === null ? "-" : String(lookback),
    description,
  ]);
  const titles = ["feature", "version", "unit", "looks back", "what it is"].map((title) => ({ title }));
  return [`${view.name}: ${wrapText(view.description, COLUMNS, "  ")}`, `  ${facts.join("; ")}`, "", renderTable(titles, rows)].join("\n");
}

function renderFeature(feature: FeatureInUse): string {
  const { ref, version, unit, description, formula, lookback, lookback_unit, warm_up } = feature;
  const { null_in_rows_of, is_level, range, inputs, services } = feature;
  const facts = [
    `version ${version}, in ${unit}`,
    ...(lookback === null ? [] : [`looks back ${lookback} ${lookback_unit}; null with fewer than ${warm_up}`]),
    ...(null_in_rows_of === null ? [] : [`null in the rows of ${null_in_rows_of}`]),
    ...(range === null ? [] : [`from ${range.min} to ${range.max}, checked with every build`]),
    ...(inputs.length === 0 ? [] : [`computed when it is asked for, of ${inputs.join(", ")}`]),
    ...(is_level ? ["a level: no model is trained on it"] : []),
  ];
  return [
    ref,
    `  ${wrapText(description, COLUMNS, "  ")}`,
    ...(formula === null ? [] : [`  ${wrapText(formula, COLUMNS, "  ")}`]),
    ...facts.map((fact) => `  ${fact}`),
    `  read by ${services.length === 0 ? "no service" : services.join(", ")}`,
  ].join("\n");
}

function renderService({ name, description, feature_set_hash, features }: FeatureServiceView): string {
  const rows = features.map(({ ref, version, unit, description: what }, index) => [String(index), ref, String(version), unit, what]);
  const titles = ["", "feature", "version", "unit", "what it is"].map((title) => ({ title }));
  return [`${name}: ${wrapText(description, COLUMNS, "  ")}`, `  version ${feature_set_hash}`, "", renderTable(titles, rows)].join("\n");
}
