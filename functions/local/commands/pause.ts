import { withStack } from "../stack/withStack.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export const pauseCommand = pausing(
  "pause",
  "stop the runs and tasks of a pipeline from starting",
  "The schedule makes no run of it meanwhile, and those that are triggered wait. What runs goes on to the end of its slice. It holds over restarts, until fx unpause DAG.",
);

export const unpauseCommand = pausing(
  "unpause",
  "let a paused pipeline go on",
  "What waited starts at once. Intervals that passed meanwhile are not made up for: that is what a backfill is for.",
);

function pausing(name: "pause" | "unpause", summary: string, detail: string): Command {
  return {
    name,
    summary,
    positionals: ["DAG"],
    options: { json: JSON_OPTION, store: STORE_OPTION },
    details: [detail],
    async run(context, args) {
      const dag_id = args.positionals[0] ?? "";
      const dag = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
        client.setPaused(dag_id, name === "pause"),
      );
      const text = args.values["json"] === true ? JSON.stringify(dag) : `${dag.dag_id} is ${dag.is_paused ? "paused" : "not paused"}.`;
      context.stdout.write(`${text}\n`);
      return 0;
    },
  };
}
