import { fileURLToPath } from "node:url";
import { localFile, nodeArguments } from "../processes/nodeCommand.ts";
import { readVariables } from "./createHost.ts";
import { HEAP_MB, HOST_CONFIG_VARIABLE, type RuntimesConfig } from "./hostConfig.ts";

/** The app in Node, which is no part of functions/local: it is started, and never imported. */
const NODE_MAIN = fileURLToPath(new URL("../../node/main.ts", import.meta.url));
const NODE_VARIABLE = "FX_SERVE_NODE";
/**
 * What a request leaves behind is dead before the young generation is full, where that has room for thousands of them; with the 2 MB of
 * other parts a third of the time went into collecting it.
 */
const NODE_MEMORY = { heap_mb: 256, young_mb: 16 } as const;

/** The process that answers predictions, whichever it is: arguments for `node`. */
export function servingArguments({ serving }: Pick<RuntimesConfig, "serving">): readonly string[] {
  return serving === "node"
    ? nodeArguments(NODE_MAIN, NODE_MEMORY)
    : nodeArguments(localFile("serve/servingMain.ts"), { heap_mb: HEAP_MB });
}

/** What it is told in its environment. */
export function servingEnvironment(config: RuntimesConfig): Readonly<Record<string, string>> {
  if (config.serving === "node") {
    const { host, listen_host, port, whole_port, stores_port, stores_token, journal_inbox } = config;
    const variables = readVariables(config);
    return {
      [NODE_VARIABLE]: JSON.stringify({ host, listen_host, port, whole_port, stores_port, stores_token, journal_inbox, variables }),
    };
  }
  return {
    [HOST_CONFIG_VARIABLE]: JSON.stringify(config),
    ...(config.serving_v8_flags === undefined ? {} : { MINIFLARE_WORKERD_V8_FLAGS: config.serving_v8_flags }),
  };
}
