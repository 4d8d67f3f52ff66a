import { resolve } from "node:path";
import { SOURCE_ID, SOURCE_ID_RULE } from "../../../shared/news/feeds/sourceId.ts";
import { findNewsFiles } from "../import/findNewsFiles.ts";
import { importNews, storedNoArticle } from "../import/importNews.ts";
import { withStack } from "../stack/withStack.ts";
import { EXIT_FAILED, usageError } from "../text/localError.ts";
import { renderNewsImport } from "../text/showNewsImport.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export const importNewsCommand: Command = {
  name: "import news",
  summary: "bring recorded news into the store",
  positionals: ["FILE|DIR..."],
  options: {
    json: JSON_OPTION,
    source: { type: "string", value: "ID", help: "whose feed it is, as in NEWS_FEEDS; default: the name of the file" },
    "trust-published": { type: "boolean", help: "count an article as known from its publisher's date on" },
    store: STORE_OPTION,
  },
  details: [
    "Reads feeds (RSS, Atom, RDF, JSON Feed: .xml, .rss, .atom, .rdf, .json) and NDJSON with one article a line: title (or headline), summary, content, url, guid, published (or date), source, first_seen. Each also with .gz. An article that is there already keeps its first version, and a line that is no article is rejected with its reason. Ends with 1 when no article was stored or there already, or a file could not be read to its end.",
    "An article is known by its guid within its source, else by its address: with --source ID the items of a saved feed are those of the live feed of that id. A record that names its source keeps it.",
    "Features use an article from the moment it could first be known. That is first_seen where the record states it, else the moment of the import: the publisher's date is a claim, often corrected later, and takes its place only with --trust-published.",
    "Shows language, relevance and score of each article (with --json also the terms that make it relevant). The score is the lexicon's; news_feature_pipeline has FinGPT read what is relevant where the sidecar has a model: fx trigger news_feature_pipeline.",
  ],
  async run(context, args) {
    const source = readSource(args);
    const files = await findNewsFiles(args.positionals.map((path) => resolve(context.cwd, path)));
    const trust_published = args.values["trust-published"] === true;
    const result = await withStack(context, { store: textOption(args, "store"), market: "real", brings: "news" }, (client) =>
      importNews({
        files,
        source,
        post: ({ ndjson }) => client.importNews(ndjson, trust_published),
        onFile: ({ path }, index) => context.screen.progress(`importing ${path} (${index + 1} of ${files.length})`),
      }),
    );
    const is_json = args.values["json"] === true;
    context.stdout.write(is_json ? `${JSON.stringify(result.answers)}\n` : `\n${renderNewsImport(result)}\n`);
    if (is_json) for (const { message } of result.errors) context.screen.say(message);
    return storedNoArticle(result) || result.errors.length > 0 ? EXIT_FAILED : 0;
  },
};

function readSource(args: CommandArguments): string | null {
  const id = textOption(args, "source");
  if (id === null || SOURCE_ID.test(id)) return id;
  throw usageError(`--source: "${id}" is not ${SOURCE_ID_RULE}.`, "import news");
}
