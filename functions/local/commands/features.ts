import { type CatalogueAnswer, readCatalogue } from "../../../shared/contracts/features.ts";
import { withStack } from "../stack/withStack.ts";
import { describeTtl } from "../text/describeTtl.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const COLUMNS = 120;

export const featuresCommand: Command = {
  name: "features",
  summary: "the feature store: its views, and what models read of them",
  positionals: [],
  options: { json: JSON_OPTION, store: STORE_OPTION },
  details: ["fx features show NAME explains a view, a feature or a service."],
  async run(context, args) {
    const catalogue = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.call(readCatalogue, {}),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(catalogue) : renderCatalogue(catalogue)}\n`);
    return 0;
  },
};

export function renderCatalogue({ views, services, unreadable_services }: CatalogueAnswer): string {
  const of_views = renderTable(
    ["view", "features", "time to live", "version", "made by"].map((title) => ({ title })),
    views.map((view) => [view.name, String(view.features.length), describeTtl(view), view.schema_hash, view.owner]),
  );
  const of_services = renderTable(
    ["service", "features", "version", "read by"].map((title) => ({ title })),
    services.map(({ name, features, feature_set_hash, model }) => [
      name,
      String(features),
      feature_set_hash,
      model === null ? "the next training" : `version ${model.version}, in Production`,
    ]),
  );
  const problems = unreadable_services.map(({ name, reason }) => wrapText(`${name}: ${reason}`, COLUMNS, "  "));
  return [of_views, "", of_services, ...(problems.length > 0 ? ["", ...problems] : [])].join("\n");
}
