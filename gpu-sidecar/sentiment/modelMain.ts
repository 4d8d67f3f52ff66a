import { constants, setPriority } from "node:os";
import { toAppError } from "../../shared/errors.ts";
import { type ArticleReader, createArticleReader } from "./articleReader.ts";
import type { FromModel, ToModel } from "./modelMessages.ts";

/**
 * Entry of the model process. The weights and llama.cpp are here and nowhere else: the sidecar stays small without a model, answers
 * while one computes, and outlives a native crash.
 */
let reader: ArticleReader | null = null;

// SIGKILL to itself: a clean exit would wait for the native threads, which may be in the middle of a long prompt.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", (message: ToModel) => void handle(message));
setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // answering comes before reading

async function handle(message: ToModel): Promise<void> {
  if (message.type === "load") {
    try {
      reader = await createArticleReader(message.task, (line) => console.error(line));
      send({ type: "ready", facts: reader.facts });
    } catch (error) {
      send({ type: "cannot_load", message: toAppError(error).message });
    }
    return;
  }
  const { key, article } = message;
  try {
    if (reader === null) throw new Error("an article arrived before the model");
    send({ type: "reading", key, reading: await reader.read(article) });
  } catch (error) {
    send({ type: "unreadable", key, message: toAppError(error).message });
  }
}

/** A send fails only when the sidecar is gone: then there is nobody left to read for. */
function send(message: FromModel): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.kill(process.pid, "SIGKILL");
  });
}
