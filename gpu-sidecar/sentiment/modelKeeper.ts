import type { KnownHash, LoadTask, ModelFacts } from "./modelMessages.ts";
import type { ModelProcess, StartModel } from "./modelProcess.ts";
import type { ModelSettings } from "./modelSettings.ts";

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** A model that has answered for so long is taken for sound again: its next failure is retried after a second. */
const SOUND_AFTER_MS = 60_000;
/** A trial article with less mass on the three labels was not understood as a question about sentiment. */
const LOW_TRIAL_MASS = 0.5;

export interface KeeperParts {
  readonly settings: ModelSettings;
  readonly startModel: StartModel;
  readonly checkFiles: (settings: ModelSettings) => Promise<string | null>;
  readonly now: () => number;
  /** Calls back once after `ms`, unless the returned function is called before. */
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly log: (line: string) => void;
}

export type KeptModel =
  | { readonly process: ModelProcess; readonly facts: ModelFacts; readonly reason: null }
  | { readonly process: null; readonly facts: null; readonly reason: string };

/** Keeps the configured model loaded: whatever goes wrong is a reason in /health and another try later, never an end of the sidecar. */
export class ModelKeeper {
  readonly #parts: KeeperParts;
  #model: KeptModel;
  #loading: ModelProcess | null = null;
  #hashes: readonly KnownHash[] = [];
  #retry_ms = FIRST_RETRY_MS;
  #ready_at = 0;
  #cancelRetry: () => void = () => {};
  #stopped = false;
  #changed: () => void = () => {};

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#model = without(unconfigured(parts.settings) ?? "the model is being loaded");
  }

  /** True where a model is meant to answer. */
  get configured(): boolean {
    return unconfigured(this.#parts.settings) === null;
  }

  /** What answers now. */
  current(): KeptModel {
    return this.#model;
  }

  /** `changed` is called whenever a model comes or goes. Resolves once the first try has begun. */
  async start(changed: () => void): Promise<void> {
    this.#changed = changed;
    if (this.configured) await this.#load();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
    this.#loading?.kill();
    this.#model.process?.kill();
  }

  async #load(): Promise<void> {
    const { settings, checkFiles, startModel } = this.#parts;
    const wrong = await checkFiles(settings);
    if (this.#stopped) return;
    if (wrong !== null || settings.base === null) {
      this.#lose(wrong ?? "no model is configured");
      return;
    }
    const { max_queue: _max_queue, ...loadable } = settings;
    const task: LoadTask = { ...loadable, base: settings.base, known_hashes: this.#hashes, reuse_prefix: true };
    const child = startModel(task, {
      onReady: (facts) => this.#take(child, facts),
      onEnd: (reason) => this.#lose(reason),
    });
    this.#loading = child;
  }

  #take(child: ModelProcess, facts: ModelFacts): void {
    this.#loading = null;
    this.#hashes = facts.hashes;
    this.#ready_at = this.#parts.now();
    this.#model = { process: child, facts, reason: null };
    const adapter = facts.adapter === null ? "no adapter" : facts.adapter;
    this.#parts.log(`${facts.base} with ${adapter} on ${facts.device} reads the news (loaded in ${(facts.load_ms / 1_000).toFixed(1)} s)`);
    if (facts.trial_label_mass < LOW_TRIAL_MASS) {
      const mass = facts.trial_label_mass.toPrecision(2);
      this.#parts.log(`the model gives the three labels only ${mass} of its probability: base and adapter may not belong together`);
    }
    this.#changed();
  }

  #lose(reason: string): void {
    if (this.#stopped) return;
    const { now, after, log } = this.#parts;
    if (this.#model.process !== null && now() - this.#ready_at >= SOUND_AFTER_MS) this.#retry_ms = FIRST_RETRY_MS;
    const retry_ms = this.#retry_ms;
    this.#retry_ms = Math.min(LAST_RETRY_MS, retry_ms * 2);
    this.#loading = null;
    this.#model = without(`${reason} (tried again every ${LAST_RETRY_MS / 1_000} s at most)`);
    log(`news is read with the lexicon: ${reason}; next try in ${retry_ms / 1_000} s`);
    this.#cancelRetry = after(retry_ms, () => void this.#load());
    this.#changed();
  }
}

function without(reason: string): KeptModel {
  return { process: null, facts: null, reason };
}

function unconfigured({ base, adapter }: ModelSettings): string | null {
  if (base !== null) return null;
  return adapter === null
    ? "no model is configured: set FINGPT_BASE_GGUF and FINGPT_LORA_GGUF to read with FinGPT"
    : "FINGPT_LORA_GGUF is set but FINGPT_BASE_GGUF is not: an adapter needs the base model that it was trained on";
}
