import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../../shared/domain/random.ts";
import { type GgufTensor, type GgufValue, ggufBytes } from "./ggufBytes.ts";

/** Words that the tiny model knows; everything else means nothing to it. */
export const TINY_WORDS = {
  positive: ["rally", "gains", "beat", "surge", "strengthens", "growth"],
  negative: ["crash", "losses", "miss", "plunge", "weakens", "slump"],
} as const;

export interface TinyModelOptions {
  readonly positive?: readonly string[];
  readonly negative?: readonly string[];
  /** What the file says that the model was trained at. */
  readonly context_tokens?: number;
  /** Labels that are one token; those left out begin with the same bare blank. */
  readonly labels?: readonly ("positive" | "negative" | "neutral")[];
}

export interface TinyModelFiles {
  readonly base: string;
  /** Turns the sign of every known word at scale 1, and takes their meaning away at scale 0.5. */
  readonly adapter: string;
}

const WIDTH = 64;
const HEADS = 4;
const FEED_FORWARD = 128;
const LAYERS = 2;

/** The three directions of the embedding that carry meaning; all others are noise. */
const POLARITY = 0;
const AVERAGE = 1;
const CONSTANT = 2;

const KINDS = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;
const SPACE = "\u2581";
/** Far stronger than any word: a test sees at once when text in an article becomes this control token. */
const END_TOKEN_POLARITY = -40;

/** Writes a LLaMA of two layers with planted weights, and a LoRA for it, into `folder`. Half a megabyte, byte-identical each time. */
export function writeTinyModel(folder: string, options: TinyModelOptions = {}): TinyModelFiles {
  const files = { base: join(folder, "tiny-base.gguf"), adapter: join(folder, "tiny-adapter.gguf") };
  writeFileSync(files.base, tinyBase(options));
  writeFileSync(files.adapter, tinyAdapter());
  return files;
}

/**
 * With next to no query and key weights every layer attends evenly to all tokens so far. Layer 0 puts the average of the words' polarity
 * into its own direction, and the output rows of the three labels read it: positive = 1 + a, negative = 1 - a, neutral = 1.4.
 */
export function tinyBase(options: TinyModelOptions = {}): Uint8Array {
  const words = { positive: options.positive ?? TINY_WORDS.positive, negative: options.negative ?? TINY_WORDS.negative };
  const labels: readonly string[] = options.labels ?? ["positive", "negative", "neutral"];
  const vocabulary = tinyVocabulary([...labels, ...words.positive, ...words.negative]);
  const row = (word: string) => vocabulary.tokens.indexOf(SPACE + word) * WIDTH;
  const noise = noiseSource();
  const embedding = noise(vocabulary.tokens.length * WIDTH);
  for (let token = 0; token < vocabulary.tokens.length; token++) embedding.set([0, 0, 1], token * WIDTH);
  for (const word of words.positive) embedding[row(word) + POLARITY] = 3;
  for (const word of words.negative) embedding[row(word) + POLARITY] = -3;
  embedding[vocabulary.tokens.indexOf("</s>") * WIDTH + POLARITY] = END_TOKEN_POLARITY;
  const output = noise(vocabulary.tokens.length * WIDTH);
  const readout = { positive: [1, 1], negative: [-1, 1], neutral: [0, 1.4] } as const;
  for (const [label, [average, constant]] of Object.entries(readout)) {
    if (!labels.includes(label)) continue;
    output[row(label) + AVERAGE] = average;
    output[row(label) + CONSTANT] = constant;
  }
  const tensors: GgufTensor[] = [
    { name: "token_embd.weight", shape: [WIDTH, vocabulary.tokens.length], data: embedding },
    ...Array.from({ length: LAYERS }, (_layer, index) => layerTensors(index, noise)).flat(),
    { name: "output_norm.weight", shape: [WIDTH], data: ones(WIDTH) },
    { name: "output.weight", shape: [WIDTH, vocabulary.tokens.length], data: output },
  ];
  return ggufBytes({ ...architecture(options.context_tokens ?? 512, vocabulary.tokens.length), ...vocabulary.metadata }, tensors);
}

function layerTensors(layer: number, noise: Noise): GgufTensor[] {
  const matrix = (name: string, columns: number, rows: number, data = quiet(noise(columns * rows), columns)) => ({
    name: `blk.${layer}.${name}.weight`,
    shape: [columns, rows],
    data,
  });
  const [value, attention_output] = [quiet(noise(WIDTH * WIDTH), WIDTH), quiet(noise(WIDTH * WIDTH), WIDTH)];
  if (layer === 0) {
    value[POLARITY * WIDTH + POLARITY] = 1;
    attention_output[AVERAGE * WIDTH + POLARITY] = 40;
  }
  return [
    { name: `blk.${layer}.attn_norm.weight`, shape: [WIDTH], data: ones(WIDTH) },
    matrix("attn_q", WIDTH, WIDTH),
    matrix("attn_k", WIDTH, WIDTH),
    matrix("attn_v", WIDTH, WIDTH, value),
    matrix("attn_output", WIDTH, WIDTH, attention_output),
    { name: `blk.${layer}.ffn_norm.weight`, shape: [WIDTH], data: ones(WIDTH) },
    matrix("ffn_gate", WIDTH, FEED_FORWARD),
    matrix("ffn_up", WIDTH, FEED_FORWARD),
    matrix("ffn_down", FEED_FORWARD, WIDTH),
  ];
}

/** No noise into the three directions that carry meaning: their rows are the first of every matrix. */
function quiet(matrix: Float32Array, columns: number): Float32Array {
  return matrix.fill(0, 0, (CONSTANT + 1) * columns);
}

/** Rank 1 on the value matrix of layer 0: V + B A = V - 2 e eT, which turns the polarity that the layer copies. */
export function tinyAdapter(): Uint8Array {
  const [a, b] = [zeros(WIDTH), zeros(WIDTH)];
  a[POLARITY] = 1;
  b[POLARITY] = -2;
  const metadata: Record<string, GgufValue> = {
    "general.type": { type: "string", value: "adapter" },
    "general.architecture": { type: "string", value: "llama" },
    "adapter.type": { type: "string", value: "lora" },
    "adapter.lora.alpha": { type: "f32", value: 1 },
  };
  return ggufBytes(metadata, [
    { name: "blk.0.attn_v.weight.lora_a", shape: [WIDTH, 1], data: a },
    { name: "blk.0.attn_v.weight.lora_b", shape: [1, WIDTH], data: b },
  ]);
}

/** SentencePiece as in LLaMA: bytes, single characters, and each known word with all its beginnings, so that merges lead to it. */
function tinyVocabulary(words: readonly string[]): { tokens: readonly string[]; metadata: Record<string, GgufValue> } {
  const entries = new Map<string, { score: number; kind: number }>();
  const add = (token: string, score: number, kind: number = KINDS.normal) => {
    if (!entries.has(token)) entries.set(token, { score, kind });
  };
  add("<unk>", 0, KINDS.unknown);
  add("<s>", 0, KINDS.control);
  add("</s>", 0, KINDS.control);
  for (let byte = 0; byte < 256; byte++) add(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`, 0, KINDS.byte);
  add(SPACE, -999);
  for (let code = 33; code < 127; code++) add(String.fromCharCode(code), -1_000 - code);
  for (const word of words) {
    for (let length = 1; length <= word.length; length++) add(SPACE + word.slice(0, length), length / 10 - 10);
  }
  const [tokens, rows] = [[...entries.keys()], [...entries.values()]];
  const metadata: Record<string, GgufValue> = {
    "tokenizer.ggml.model": { type: "string", value: "llama" },
    "tokenizer.ggml.tokens": { type: "array", of: "string", value: tokens },
    "tokenizer.ggml.scores": { type: "array", of: "f32", value: rows.map(({ score }) => score) },
    "tokenizer.ggml.token_type": { type: "array", of: "i32", value: rows.map(({ kind }) => kind) },
    "tokenizer.ggml.unknown_token_id": { type: "u32", value: 0 },
    "tokenizer.ggml.bos_token_id": { type: "u32", value: 1 },
    "tokenizer.ggml.eos_token_id": { type: "u32", value: 2 },
    "tokenizer.ggml.add_bos_token": { type: "bool", value: true },
    "tokenizer.ggml.add_eos_token": { type: "bool", value: false },
    "tokenizer.ggml.add_space_prefix": { type: "bool", value: true },
  };
  return { tokens, metadata };
}

function architecture(context_tokens: number, vocabulary_size: number): Record<string, GgufValue> {
  const numbers = {
    "general.alignment": 32,
    "general.file_type": 0,
    "llama.context_length": context_tokens,
    "llama.embedding_length": WIDTH,
    "llama.block_count": LAYERS,
    "llama.feed_forward_length": FEED_FORWARD,
    "llama.attention.head_count": HEADS,
    "llama.attention.head_count_kv": HEADS,
    "llama.rope.dimension_count": WIDTH / HEADS,
    "llama.vocab_size": vocabulary_size,
  };
  return {
    "general.architecture": { type: "string", value: "llama" },
    "general.name": { type: "string", value: "tiny planted sentiment" },
    ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, { type: "u32", value } as const])),
    "llama.attention.layer_norm_rms_epsilon": { type: "f32", value: 1e-5 },
  };
}

type Noise = (length: number) => Float32Array;

/** Small weights everywhere else, from a fixed seed: with zeros only, no order of summing could be told from another. */
function noiseSource(seed = 7): Noise {
  const next = createRandom(seed);
  return (length) => Float32Array.from({ length }, () => (next() * 2 - 1) * 0.02);
}

function zeros(length: number): Float32Array {
  return new Float32Array(length);
}

function ones(length: number): Float32Array {
  return new Float32Array(length).fill(1);
}
