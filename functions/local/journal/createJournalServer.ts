import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { countPredictions } from "../../../shared/contracts/predictionBatch.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { Delivery } from "./createDelivery.ts";
import type { Inbox } from "./createInbox.ts";
import type { Journal } from "./openJournal.ts";

export interface JournalServerOptions {
  readonly journal: Journal;
  readonly delivery: Delivery;
  readonly inbox: Inbox | null;
  /** Bearer token of all but /health. */
  readonly token: string;
}

const MAX_BODY_BYTES = 16_000_000;
const FLUSH_WITHIN_MS = 5 * SECOND;

/** POST /append: a batch, 204 when it is in the file. POST /flush: delivers, and says how many still wait. GET /health. */
export function createJournalServer(options: JournalServerOptions): Server {
  return createServer((request, response) => {
    answer(options, request, response).catch((caught: unknown) => {
      const { message, status } = toAppError(caught);
      response.writeHead(status, { "content-type": "text/plain" }).end(message);
    });
  });
}

async function answer({ journal, delivery, inbox, token }: JournalServerOptions, request: IncomingMessage, response: ServerResponse) {
  const route = `${request.method} ${request.url}`;
  if (route === "GET /health") return json(response, { waiting: journal.waiting });
  if (request.headers.authorization !== `Bearer ${token}`)
    throw new AppError("forbidden", "The journal belongs to the Worker.", { status: 401 });
  if (route === "POST /append") {
    const batch = await readBody(request);
    if (countPredictions(batch) === 0) throw new AppError("invalid_request", "That is no batch of predictions.", { status: 400 });
    journal.append(batch);
    response.writeHead(204).end();
    return delivery.wake();
  }
  if (route !== "POST /flush") throw new AppError("not_found", `There is no ${route}.`, { status: 404 });
  inbox?.collect();
  const waiting = await delivery.flush(FLUSH_WITHIN_MS);
  const say = `${counted(waiting, "prediction")} did not reach the log in time: ${byCount(waiting, "it waits", "they wait")} in the store's journal, and the next start writes ${byCount(waiting, "it", "them")}.`;
  json(response, { say: waiting === 0 ? null : say });
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new AppError("body_too_large", `A batch has at most ${MAX_BODY_BYTES} bytes.`, { status: 413 });
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
