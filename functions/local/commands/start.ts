import { HISTORY_OPTION } from "../stack/history.ts";
import { runStack } from "../stack/runStack.ts";
import { type Command, SIDECARS_OPTION, STORE_OPTION } from "./command.ts";

export const startCommand: Command = {
  name: "start",
  summary: "start everything, and serve until Ctrl-C",
  positionals: [],
  options: { store: STORE_OPTION, history: HISTORY_OPTION, sidecars: SIDECARS_OPTION },
  details: [
    "On an empty store it collects a year of candles, builds features, trains and promotes models first; one that was cut off goes on. Then pipelines run by schedule.",
    "The default store is data/lake/sandbox (a simulated market), or data/lake/market when OANDA_API_URL is set. Logs of every process are in its folder logs.",
  ],
  run: (context, args) => runStack(context, args, "dev"),
};
