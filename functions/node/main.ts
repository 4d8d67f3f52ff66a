import { type NodeHostConfig, serveNode } from "./serveNode.ts";

/** A child of functions/local/serve/main.ts, which says in the environment what to serve, and ends with it. */
const VARIABLE = "FX_SERVE_NODE";
const config = JSON.parse(process.env[VARIABLE] ?? "null") as NodeHostConfig;
delete process.env[VARIABLE];
const serving = await serveNode(config);
process.once("SIGTERM", () => void serving.close().finally(() => process.exit(0)));
console.log(`Predictions are answered at http://${config.host}:${config.port}, by Node.`);
