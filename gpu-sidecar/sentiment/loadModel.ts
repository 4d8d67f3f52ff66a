import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Llama, LlamaContext, LlamaContextOptions, LlamaModel, LlamaModelOptions } from "node-llama-cpp";
import { AppError } from "../../shared/errors.ts";
import { hashFile } from "./hashFile.ts";
import { modelIdentity } from "./modelIdentity.ts";
import type { LoadTask, ModelFacts } from "./modelMessages.ts";
import type { GpuChoice } from "./modelSettings.ts";
import { oneArticlePerBatch } from "./oneArticlePerBatch.ts";
import { openLlama } from "./openLlama.ts";
import { LABELS, type Label } from "./promptText.ts";

/** FinGPT's adapter was trained on prompts of at most so many tokens. */
const CONTEXT_TOKENS = 512;

/** llama.cpp's lines come through a queue of their own, after the error that they explain. */
const LOG_DELAY_MS = 100;

export interface LoadedModel {
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly label_ids: Readonly<Record<Label, number>>;
  readonly limit: number;
  readonly facts: Omit<ModelFacts, "trial_label_mass" | "load_ms">;
}

/** Only the model process calls this: node-llama-cpp and the weights are in no other. */
export async function loadModel(task: LoadTask, log: (line: string) => void): Promise<LoadedModel> {
  const paths = task.adapter === null ? [task.base] : [task.base, task.adapter];
  const hashes = await Promise.all(paths.map((path) => hashFile(path, task.known_hashes)));
  const said: string[] = [];
  const llama = await openLlama(task, (line) => {
    said.push(line);
    log(line);
  });
  const model = await explain(task, said, llama.loadModel({ modelPath: task.base, ...gpuLayersOf(task.gpu) }));
  const device = deviceOf(llama, model);
  const limit = Math.min(CONTEXT_TOKENS, model.trainContextSize);
  const context = await explain(task, said, model.createContext(contextOptions(task, limit, device)));
  const [base, adapter] = hashes;
  const identity = { base_sha256: base?.sha256 ?? "", adapter_sha256: adapter?.sha256 ?? null, context_tokens: limit };
  return {
    model,
    context,
    label_ids: labelIds(model),
    limit,
    facts: {
      model: modelIdentity({ ...identity, scale: task.scale, prompt_market: task.prompt_market }),
      base: basename(task.base),
      adapter: task.adapter === null ? null : basename(task.adapter),
      device,
      gpu_layers: device === "cpu" ? 0 : model.gpuLayers,
      hashes,
    },
  };
}

function contextOptions(task: LoadTask, limit: number, device: ModelFacts["device"]): LlamaContextOptions {
  return {
    sequences: task.lanes,
    contextSize: limit,
    batchSize: limit,
    threads: task.threads,
    // On a CPU llama.cpp's flash attention is 5 times slower than its plain one for the 20 to 60 tokens behind a cached beginning.
    flashAttention: device === "cpu" ? false : "auto",
    batching: { itemPrioritizationStrategy: oneArticlePerBatch },
    ...(task.adapter === null ? {} : { lora: { adapters: [{ filePath: task.adapter, scale: task.scale }] } }),
  };
}

/** node-llama-cpp says little about a file that it cannot use; llama.cpp's own lines, and which variable named the file, say more. */
async function explain<Value>({ base, adapter }: LoadTask, said: readonly string[], step: Promise<Value>): Promise<Value> {
  try {
    return await step;
  } catch (cause) {
    await sleep(LOG_DELAY_MS);
    const { message } = cause as Error;
    const [variable, path] = adapter !== null && /lora/i.test(message) ? ["FINGPT_LORA_GGUF", adapter] : ["FINGPT_BASE_GGUF", base];
    const more = said.length === 0 ? "" : ` (llama.cpp: ${said.slice(-3).join("; ")})`;
    throw new AppError("invalid_model", `${variable}: ${path} cannot be used, it may be cut off or of another kind: ${message}${more}`, {
      cause,
    });
  }
}

/** SIDECAR_GPU=cuda means all of it on the GPU, or an error that says that it does not fit. */
function gpuLayersOf(gpu: GpuChoice): Pick<LlamaModelOptions, "gpuLayers"> {
  if (gpu === "cuda") return { gpuLayers: "max" };
  return gpu === "off" ? { gpuLayers: 0 } : { gpuLayers: { fitContext: { contextSize: CONTEXT_TOKENS } } };
}

/** A build for a GPU that holds no layer of the model computes on the CPU. */
function deviceOf(llama: Llama, model: LlamaModel): ModelFacts["device"] {
  return llama.gpu === false || model.gpuLayers === 0 ? "cpu" : llama.gpu;
}

/** The first token of each label, as in training: there the answer was tokenised by itself. */
function labelIds(model: LlamaModel): Record<Label, number> {
  const ids = LABELS.map((label) => model.tokenize(label, false)[0] as number | undefined);
  if (ids.includes(undefined) || new Set(ids).size !== LABELS.length) {
    const message = `the three labels do not begin with three different tokens of this model (${ids.join(", ")}): it is not one that FinGPT can be`;
    throw new AppError("invalid_model", message);
  }
  const [positive = -1, neutral = -1, negative = -1] = ids;
  return { positive, neutral, negative };
}
