import type { PruneAnswer, PrunedKind } from "../../../shared/contracts/prune.ts";
import { withStack } from "../stack/withStack.ts";
import { renderPruned } from "../text/showPruned.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export const pruneCommand: Command = {
  name: "prune",
  summary: "count what is older than it is kept, or remove it",
  positionals: [],
  options: { apply: { type: "boolean", help: "remove it; without, nothing is changed" }, json: JSON_OPTION, store: STORE_OPTION },
  details: [
    "Old readings and ended alerts, logs of tasks, and the files of runs that were never registered with the training sets that nothing else names. Never bronze, prediction, outcome or history, and nothing that a registered version, the lineage of an answer or fx reproduce of a run that is kept needs. How long what is kept: RETENTION_DAYS.",
    "It may be cut off at any moment: the next one finds what is left. The sidecar keeps its newest jobs by itself (SIDECAR_KEEP_JOBS).",
  ],
  async run(context, args) {
    const apply = args.values["apply"] === true;
    const answer = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      if (!apply) return client.prune(false);
      let all = await client.prune(true);
      while (all.more) {
        context.screen.progress(`${all.kinds.reduce((sum, { found }) => sum + found, 0)} removed`);
        all = sumOf(all, await client.prune(true));
      }
      return all;
    });
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(answer) : renderPruned(answer)}\n`);
    return 0;
  },
};

function sumOf(one: PruneAnswer, next: PruneAnswer): PruneAnswer {
  const add = (kind: PrunedKind, index: number): PrunedKind => {
    const { found, bytes } = next.kinds[index]!;
    return { ...kind, found: kind.found + found, bytes: kind.bytes + bytes };
  };
  return { ...next, kinds: one.kinds.map(add) };
}
