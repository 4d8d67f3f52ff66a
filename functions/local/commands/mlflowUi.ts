import { findPage } from "../mlflowUi/findPage.ts";
import { servePage } from "../mlflowUi/servePage.ts";
import { requireFreePorts } from "../processes/ports.ts";
import { untilCancelled } from "../processes/untilCancelled.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { type Command, STORE_OPTION, textOption } from "./command.ts";

const COMMAND = "mlflow-ui";
/** MLflow's own. */
const DEFAULT_PORT = "5000";
/** The MLflow whose page is held against these answers (tests/clients). */
const TRIED_VERSION = "3.17.2";
/** For training; without it the page opens in its mode for language models. */
const TRAINING_MODE = "workflowType=machine_learning";

export const mlflowUiCommand: Command = {
  name: COMMAND,
  summary: "MLflow's own web page on this store's runs and models",
  positionals: [],
  options: {
    port: { type: "string", value: "PORT", help: `where to serve it (${DEFAULT_PORT})` },
    python: { type: "string", value: "PATH", help: "a Python that has mlflow installed (that of the virtual environment, python3)" },
    store: STORE_OPTION,
  },
  details: [
    `The page is that of an installed mlflow package (pip install mlflow==${TRIED_VERSION}); the Worker answers what it asks. Only this machine can open it, and it needs no token: whoever opens it may change what an MLflow client may (docs/mlflow.md).`,
  ],
  async run(context, args) {
    const port = readPort(textOption(args, "port") ?? DEFAULT_PORT);
    const page = await findPage(context.env, textOption(args, "python"));
    await requireFreePorts([{ part: "MLflow's page", port, variable: "--port" }]);
    await withStack(context, { store: textOption(args, "store"), market: "any" }, async ({ base_url, admin_token }) => {
      const served = await servePage(page.folder, { base_url, admin_token }, port);
      try {
        const other = page.version === TRIED_VERSION ? "" : ` (tried with ${TRIED_VERSION})`;
        context.screen.say(`MLflow ${page.version}'s page${other}: ${served.url}/#/experiments?${TRAINING_MODE} (Ctrl-C stops it)`);
        await untilCancelled(context.cancelled);
      } finally {
        served.close();
      }
    });
    return 0;
  },
};

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw usageError(`--port: "${text}" is not a port. Use 1 to 65535.`, COMMAND);
}
