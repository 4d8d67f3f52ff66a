import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "../../shared/errors.ts";
import { childEnvironment } from "../childEnvironment.ts";
import { CHILD_NODE_FLAGS } from "../childNodeFlags.ts";
import type { OnnxQuestion, OnnxReply } from "./onnxMessages.ts";

const MAIN = fileURLToPath(new URL("./onnxMain.ts", import.meta.url));
/** From the question on, waiting in line as well: less than the Worker waits for an answer. */
const LIMIT_MS = 25_000;
/** Each holds its file and rows in memory. */
const MAX_IN_LINE = 8;

const AGAIN = { status: 503, retryable: true } as const;

/** One after the other: each process takes some hundred megabytes for a second. */
let last: Promise<unknown> = Promise.resolve();
let in_line = 0;

/** What onnxruntime says of the rows. Throws invalid_request (422) with what it has against the file, sidecar_unavailable or queue_full (503) where it gave no answer. */
export function askOnnx(question: OnnxQuestion, limit_ms = LIMIT_MS): Promise<Float32Array> {
  if (in_line >= MAX_IN_LINE) throw new AppError("queue_full", "too many ONNX files are being asked about: ask later", AGAIN);
  const is_first = in_line++ === 0;
  const until = performance.now() + limit_ms;
  // Who has nobody before it is not late for having waited, however long this process itself was kept from going on.
  const answer = is_first ? askProcess(question, limit_ms) : last.then(() => askProcess(question, until - performance.now()));
  // Whoever waits in line is not to fail with the one before.
  last = answer.then(leave, leave);
  return answer;
}

function leave(): void {
  in_line -= 1;
}

async function askProcess(question: OnnxQuestion, left_ms: number): Promise<Float32Array> {
  if (left_ms <= 0) throw unavailable("others were in line for longer than it is waited for");
  const child = fork(MAIN, [], {
    execArgv: [...CHILD_NODE_FLAGS],
    env: childEnvironment(process.env),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let is_late = false;
  const timer = setTimeout(() => {
    is_late = true;
    child.kill("SIGKILL");
  }, left_ms);
  const reply = await new Promise<OnnxReply | string>((resolve) => {
    child.once("message", (message) => resolve(message as OnnxReply));
    child.once("error", ({ message }) => resolve(message));
    // Not "exit", which may come before what the process has sent last.
    child.once("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
    child.send(question, () => undefined);
  });
  clearTimeout(timer);
  child.kill("SIGKILL");
  if (typeof reply === "string") {
    const ended = `the process of onnxruntime ended without an answer (${reply})`;
    throw unavailable(is_late ? "the process of onnxruntime gave no answer in time, as on a machine that is very busy" : ended);
  }
  if ("values" in reply) return reply.values;
  const details = { field: "model" };
  throw new AppError("invalid_request", `model: onnxruntime refuses it: ${reply.refused}`, { status: 422, details });
}

function unavailable(why: string): AppError {
  return new AppError("sidecar_unavailable", `${why}: ask again`, AGAIN);
}
