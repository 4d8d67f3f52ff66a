import { resolve } from "node:path";
import type { ImportNewsResponse } from "../../../shared/contracts/importNews.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "../command.ts";
import { findNewsFiles, newsChunks } from "../import/newsChunks.ts";
import { renderNewsImport } from "../showNewsImport.ts";
import { withStack } from "../withStack.ts";

export const importNewsCommand: Command = {
  name: "import news",
  summary: "bring recorded news into the store",
  positionals: ["FILE|DIR..."],
  options: {
    json: JSON_OPTION,
    "trust-published": { type: "boolean", help: "count an article as known from its publisher's date on" },
    store: STORE_OPTION,
  },
  details: [
    "Reads NDJSON, plain or .gz, one article a line: title (or headline), summary, content, url, published (or date), source, first_seen. An article that is there already keeps its first version, and a line that is no article is rejected with its reason.",
    "Features use an article from the moment it could first be known. That is first_seen where the record states it, else the moment of the import: the publisher's date is a claim, often corrected later, and takes its place only with --trust-published.",
    "Shows language, relevance and score of each article (with --json also the terms that make it relevant). The score is the lexicon's; news_feature_pipeline has FinGPT read what is relevant where the sidecar has a model: fx trigger news_feature_pipeline.",
  ],
  async run(context, args) {
    const files = await findNewsFiles(args.positionals.map((path) => resolve(context.cwd, path)));
    const trust_published = args.values["trust-published"] === true;
    const answers: ImportNewsResponse[] = [];
    await withStack(context, { store: textOption(args, "store"), market: "real", brings: "news" }, async (client) => {
      for (const [index, file] of files.entries()) {
        context.screen.progress(`importing ${file} (${index + 1} of ${files.length})`);
        for await (const chunk of newsChunks(file)) answers.push(await client.importNews(chunk.ndjson, trust_published));
      }
    });
    context.stdout.write(args.values["json"] === true ? `${JSON.stringify(answers)}\n` : `\n${renderNewsImport(answers)}\n`);
    return 0;
  },
};
