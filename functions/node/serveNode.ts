import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { getPath } from "hono/utils/url";
import { NODE_SERVER_LIMITS } from "../../shared/contracts/limits/nodeServerLimits.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { composeServing } from "../composeServing.ts";
import { readSettings } from "../environment.ts";
import { leaving, withoutWhole } from "../refusals.ts";
import { folderInbox } from "./folderInbox.ts";
import { handOn } from "./handOn.ts";

export interface NodeHostConfig {
  readonly host: string;
  /** The address of this machine at which `port` is opened. Absent: `host`. */
  readonly listen_host?: string | undefined;
  readonly port: number;
  /** The whole Worker, and the stores that its runtime holds. */
  readonly whole_port: number;
  readonly stores_port: number;
  readonly stores_token: string;
  readonly journal_inbox?: string | undefined;
  /** Of the Worker, all of them. */
  readonly variables: Readonly<Record<string, string>>;
}

const CLOSE_WITHIN_MS = 2 * SECOND;

/**
 * What functions/servingWorker.ts is in a Workers runtime, in this process: the same app answers predictions and online features, and
 * everything else is handed to the whole Worker. The online store is read from libSQL (ONLINE_MIRROR), models from the whole one's lake.
 */
export async function serveNode(config: NodeHostConfig): Promise<{ close(): Promise<void> }> {
  const { host, port, listen_host = host } = config;
  const env = bindingsOf(config);
  const { app, paths, drain, wasHandedOn, fillMirror } = composeServing(env, readSettings(env));
  await fillMirror();
  const answer = getRequestListener((request) => (drain.is_closed ? leaving(request) : app.fetch(request, env, CONTEXT)));
  const refuse = getRequestListener(withoutWhole);
  const server = createServer(NODE_SERVER_LIMITS, (incoming, outgoing) => {
    const path = pathOf(incoming);
    if (drain.is_closed || paths.has(path)) return void answer(incoming, outgoing);
    handOn(incoming, outgoing, {
      host,
      port: config.whole_port,
      answered: () => wasHandedOn(path),
      failed(error) {
        console.error(`${incoming.method} ${incoming.url} could not be handed on:`, error);
        void refuse(incoming, outgoing);
      },
    });
  });
  server.listen(port, listen_host);
  await once(server, "listening");
  return { close: () => close(server) };
}

function bindingsOf({ host, stores_port, stores_token, journal_inbox, variables }: NodeHostConfig) {
  return {
    ...variables,
    ONLINE_MIRROR: "libsql",
    STORES: { fetch: ((address, init) => fetch(String(address).replace("//stores", `//${host}:${stores_port}`), init)) as typeof fetch },
    STORES_TOKEN: stores_token,
    ...(journal_inbox === undefined ? {} : { JOURNAL_INBOX: folderInbox(journal_inbox) }),
  };
}

/** Nothing has to be kept alive here: this process goes on. */
const CONTEXT = {
  waitUntil: (work: Promise<unknown>) => void work.catch((error: unknown) => console.error("What an answer left behind failed:", error)),
  passThroughOnException: () => undefined,
  props: {},
};

/** As Hono reads it of a request. */
function pathOf({ url }: IncomingMessage): string {
  return getPath({ url: `http://host${url}` } as Request);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(late);
}
