import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "../../shared/errors.ts";
import { childEnvironment } from "../childEnvironment.ts";
import { CHILD_NODE_FLAGS } from "../childNodeFlags.ts";
import type { OnnxQuestion, OnnxReply } from "./onnxMessages.ts";

const MAIN = fileURLToPath(new URL("./onnxMain.ts", import.meta.url));
/** Less than the Worker waits for an answer. */
const LIMIT_MS = 25_000;

/** One after the other: each process takes some hundred megabytes for a second. */
let last: Promise<unknown> = Promise.resolve();

/** What onnxruntime says of the rows. Throws invalid_request (422) with what it has against the file, sidecar_unavailable (503) where it gave no answer. */
export function askOnnx(question: OnnxQuestion): Promise<Float32Array> {
  const answer = last.then(() => askProcess(question));
  // Whoever waits in line is not to fail with the one before.
  last = answer.then(
    () => undefined,
    () => undefined,
  );
  return answer;
}

async function askProcess(question: OnnxQuestion): Promise<Float32Array> {
  const child = fork(MAIN, [], {
    execArgv: [...CHILD_NODE_FLAGS],
    env: childEnvironment(process.env),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const reply = await new Promise<OnnxReply | null>((resolve) => {
    child.once("message", resolve);
    child.once("error", () => resolve(null));
    child.once("exit", () => resolve(null));
    child.send(question, () => undefined);
  });
  clearTimeout(timer);
  child.kill("SIGKILL");
  if (reply === null) {
    const message = "the process of onnxruntime ended without an answer: ask again";
    throw new AppError("sidecar_unavailable", message, { status: 503, retryable: true });
  }
  if ("values" in reply) return reply.values;
  const details = { field: "model" };
  throw new AppError("invalid_request", `model: onnxruntime refuses it: ${reply.refused}`, { status: 422, details });
}
