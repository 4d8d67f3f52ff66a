import { constants, setPriority } from "node:os";
import { toAppError } from "../../shared/errors.ts";
import { loadCApi } from "../xgboost/cApi.ts";
import { readLibraryFacts } from "../xgboost/libraryFacts.ts";
import type { ChildTask, FromChild, ToChild } from "./childMessages.ts";
import type { Unit } from "./planUnits.ts";
import { readMatrix } from "./readMatrix.ts";
import { trainUnit } from "./trainUnit.ts";
import type { UnitContext } from "./unitContext.ts";

/**
 * Entry of a training child. XGBoost is called synchronously here: its error texts are thread-local, a crash stays in this
 * process, and a cancel is a SIGKILL. It ends with its sidecar, however that one ends, because the channel between them closes.
 */
let context: Promise<UnitContext> | null = null;

process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToChild) => {
  handle(message).catch((error: unknown) => {
    const { code, message: text } = toAppError(error);
    send({ type: "failed", failure: { code, message: text } });
  });
});
setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // serving comes before training

async function handle(message: ToChild): Promise<void> {
  if (message.type === "task") {
    context = prepare(message.task);
    await context;
  } else {
    await work(message.unit);
  }
}

async function prepare(task: ChildTask): Promise<UnitContext> {
  const api = loadCApi(task.library_path);
  const matrix = await readMatrix(task.dataset_path, task.spec);
  return { api, libraryVersion: readLibraryFacts(api).version, matrix, task, onModel: () => send({ type: "model_done" }) };
}

async function work(unit: Unit): Promise<void> {
  if (context === null) throw new Error("a unit arrived before its task");
  send({ type: "unit_done", result: await trainUnit(await context, unit) });
}

/** A send fails only when the sidecar is gone: then there is nobody left to work for. */
function send(message: FromChild): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.exit(0);
  });
}
