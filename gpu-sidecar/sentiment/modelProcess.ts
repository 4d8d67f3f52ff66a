import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "../../shared/errors.ts";
import { childEnvironment } from "../childEnvironment.ts";
import { CHILD_NODE_FLAGS } from "../childNodeFlags.ts";
import type { ArticleReading, ArticleTask, FromModel, LoadTask, ModelFacts, ToModel } from "./modelMessages.ts";

const MODEL_MAIN = fileURLToPath(new URL("./modelMain.ts", import.meta.url));
const LAST_WORDS_CHARACTERS = 500;
/** A 7B model on two old cores takes 20 s. What takes this long hangs, and only a new process helps. */
const READ_LIMIT_MS = 600_000;

export interface ModelEvents {
  readonly onReady: (facts: ModelFacts) => void;
  /** Exactly once, last, unless it was killed from here: why there is no model any more. */
  readonly onEnd: (reason: string) => void;
}

/** The sidecar's end of the one model process. */
export interface ModelProcess {
  /** Rejects with process_failed when the process ends first, with invalid_model when the model gave nonsense. */
  readonly read: (article: ArticleTask) => Promise<ArticleReading>;
  readonly kill: () => void;
}

export type StartModel = (task: LoadTask, events: ModelEvents) => ModelProcess;

type Waiting = PromiseWithResolvers<ArticleReading>;

export const startModelProcess: StartModel = (task, events) => {
  const child = fork(MODEL_MAIN, [], {
    execArgv: [...CHILD_NODE_FLAGS],
    env: childEnvironment(process.env),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const waiting = new Map<number, Waiting>();
  let keys = 0;
  let ended: string | null = null;
  const end = (reason: string) => {
    if (ended !== null) return;
    ended = reason;
    child.kill("SIGKILL");
    for (const { reject } of waiting.values()) reject(gone(reason));
    waiting.clear();
    events.onEnd(reason);
  };
  child.on("message", (message: FromModel) => {
    if (message.type === "ready") events.onReady(message.facts);
    else if (message.type === "cannot_load") end(message.message);
    else settle(waiting, message);
  });
  watchEnd(child, end);
  const send = (message: ToModel) => void child.send(message, ignoreSendError);
  send({ type: "load", task });
  return {
    read: (article) => {
      if (ended !== null) return Promise.reject(gone(ended));
      const promise = Promise.withResolvers<ArticleReading>();
      waiting.set(++keys, promise);
      send({ type: "read", key: keys, article });
      const timer = setTimeout(() => end(`the model process did not read one article in ${READ_LIMIT_MS / 1_000} s`), READ_LIMIT_MS);
      return promise.promise.finally(() => clearTimeout(timer));
    },
    kill: () => {
      ended ??= "stopped";
      child.kill("SIGKILL");
    },
  };
};

function settle(waiting: Map<number, Waiting>, message: Extract<FromModel, { key: number }>): void {
  const promise = waiting.get(message.key);
  waiting.delete(message.key);
  if (message.type === "reading") promise?.resolve(message.reading);
  else promise?.reject(new AppError("invalid_model", message.message));
}

function gone(reason: string): AppError {
  return new AppError("process_failed", reason, { status: 503, retryable: true });
}

/** A message cannot be sent only to a process that has ended, and of that watchEnd tells. */
function ignoreSendError(): void {}

function watchEnd(child: ChildProcess, end: (reason: string) => void): void {
  let lastWords = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS_CHARACTERS);
  });
  child.on("error", (error) => child.pid === undefined && end(`the model process cannot be started: ${error.message}`));
  child.once("exit", (code, signal) => {
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    // One turn later, so that what it wrote last has arrived.
    setImmediate(() => {
      const words = lastWords.trim().replace(/\s+/g, " ");
      end(`the model process ended (${how})${words === "" ? "" : `: ${words}`}`);
    });
  });
}
