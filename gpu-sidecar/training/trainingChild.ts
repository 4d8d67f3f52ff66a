import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../childEnvironment.ts";
import { CHILD_NODE_FLAGS } from "../childNodeFlags.ts";
import type { ChildFailure, ChildTask, FromChild, ToChild, UnitResult } from "./childMessages.ts";
import type { Unit } from "./planUnits.ts";

const CHILD_MAIN = fileURLToPath(new URL("./childMain.ts", import.meta.url));
const LAST_WORDS_CHARACTERS = 1_000;

export interface ChildEvents {
  readonly onModel: () => void;
  readonly onUnit: (result: UnitResult) => void;
  /** At most once: the child said what is wrong, or died. */
  readonly onFailure: (failure: ChildFailure) => void;
  /** Exactly once, last. */
  readonly onExit: () => void;
}

/** The sidecar's end of one training process. */
export interface TrainingChild {
  readonly pid: number | undefined;
  readonly give: (unit: Unit) => void;
  /** No more units: the process ends by itself. */
  readonly release: () => void;
  readonly kill: () => void;
}

export type StartChild = (task: ChildTask, events: ChildEvents) => TrainingChild;

export const startTrainingChild: StartChild = (task, events) => {
  const child = fork(CHILD_MAIN, [], {
    execArgv: [...CHILD_NODE_FLAGS],
    env: childEnvironment(process.env),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let settled = false; // released, killed, or known to have failed: nothing that follows is a failure
  const fail = (failure: ChildFailure) => {
    if (!settled) events.onFailure(failure);
    settled = true;
  };
  child.on("message", (message: FromChild) => {
    if (message.type === "model_done") events.onModel();
    else if (message.type === "unit_done") events.onUnit(message.result);
    else fail(message.failure);
  });
  void watchEnd(child).then((death) => {
    fail(death);
    events.onExit();
  });
  const send = (message: ToChild) => void child.send(message, ignoreSendError);
  const settle = (end: () => void) => () => {
    settled = true;
    end();
  };
  send({ type: "task", task });
  return {
    pid: child.pid,
    give: (unit) => send({ type: "unit", unit }),
    release: settle(() => child.connected && child.disconnect()),
    kill: settle(() => child.kill("SIGKILL")),
  };
};

/** A message cannot be sent only to a process that has ended, and of that watchEnd tells, with the reason. */
function ignoreSendError(): void {}

/** Resolves when the process is gone (or never came to be), with what can be said about its end. */
async function watchEnd(child: ChildProcess): Promise<ChildFailure> {
  let lastWords = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS_CHARACTERS);
  });
  // Not "close": after a disconnect on this side that event never comes, and the process would hold its place for ever.
  const how = await new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.on("error", (error) => child.pid === undefined && resolve(error.message));
  });
  if (child.pid !== undefined) await lastChunk(child.stderr);
  const words = lastWords.trim().replace(/\s+/g, " ");
  const said = words === "" ? "" : ` Its last words: ${words}`;
  return { code: "training_failed", message: `the training process ended before its work was done (${how}); submit the job again.${said}` };
}

/** Resolves when all that the process wrote has arrived. */
async function lastChunk(stream: Readable | null): Promise<void> {
  if (stream !== null && !stream.closed) await once(stream, "close");
}
