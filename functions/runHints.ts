import type { MessageBatch } from "@cloudflare/workers-types";
import { taskKeySchema } from "../shared/contracts/dags.ts";
import type { Engine } from "./pipelines/engine.ts";

/** Does what the messages of the hint queue ask for. A failure needs no answer: the lease runs out, and the sweep finds the task. */
export async function runHints(engine: Pick<Engine, "runHint">, batch: Pick<MessageBatch<unknown>, "messages">): Promise<void> {
  for (const message of batch.messages) await engine.runHint(taskKeySchema.parse(message.body));
}
